"""The words that say when, given to the clause they stand in."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from according.extract.roles import is_passive, is_verb
from according.extract.tokens import root_of
from according.vocabulary.tellings import told_aside, told_at_once, told_of_day
from according.vocabulary.times import TimeMention, spot_times
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Stretch, Token
    from according.records import Span

OWNERS = ("'s", "’s")
OF_A_SOURCE = re.compile(r"\baccording to (?:[\w’'-]+ ){1,6}$", re.IGNORECASE)
"""Before a day: it is that of what a source said."""
ENDS = re.compile(r"\s*(?:[.,;]|$)")
PARTED = re.compile(
    r"[;:]|\b(?:sa(?:id|ys?|ying)|told|reported|announced|confirmed|added|denied|claimed|after|before|when|while|who|which|"
    r"that|where|but|since|until|had|already|previously|once)\b"
)
"""Between an event and a day: the day is of something else."""
ANSWERS = re.compile(r"\b(?:retaliation|response|revenge|reprisals?) (?:for|to)\b", re.IGNORECASE)
"""Before a day: it is that of what an event answered."""
FORMER = frozenset(
    "arrest detain abduct kidnap capture seize suffer injure wound sustain release sign agree elect".split()
)
"""Participles of what was before the event they stand beside."""
COUNTING = frozenset("rise climb increase reach jump pass grow stand".split())
TOLLS = frozenset(["toll", "number", "count", "figure", "total", "dead", "death"])
HARMING = frozenset("die kill injure wound hurt".split())
AFTERMATH = frozenset(
    "search comb dig bury mourn recover find visit gather collect reopen close pull retrieve exhume discover".split()
)
"""What is done on the days after an event."""
BURYING = frozenset(["bury", "exhume"])
"""What tells of deaths on a day that is not theirs."""
REMEMBERING = frozenset("light commemorate remember mark honour honor mourn observe pray bury gather".split())
"""What is done for the dead on other days: "lit candles today for the ten killed by the bomb"."""
CLOCK = re.compile(
    r"(?:\d{1,2}[:.]?\d{0,2})?(?:[ap]\.?m\.?|o['’]clock|GMT|hours|hrs)$|\d{1,2}[:.]\d{2}$", re.IGNORECASE
)
"""An hour, on which a parse may hang the day behind it."""
HOURS = frozenset(["hours", "night", "morning", "evening", "afternoon", "dawn"])
"""Parts of a day, on which the day itself hangs: "in the small hours of Thursday"."""
HAPPENING = HARMING | frozenset("hit strike attack shell bomb raid ambush storm shoot explode blow fire".split())
"""Verbs whose day is also that of an event told of one of their nouns: "killed on Friday in a raid that hit Osk"."""
BODIES = frozenset(["body", "corpse", "remains"])
MORE = frozenset(["more", "another", "further", "additional", "other"])
"""Of bodies found: they add to a toll told before, and of a day before ("found three more bodies this morning")."""
ENDING = frozenset("end finish conclude cease stop".split())
"""What is over on a day, and may have begun on another: "the attack ended on Sunday"."""
DYING = frozenset(["die", "succumb"])
HURT = frozenset(["injure", "wound", "hurt", "injury"])
"""What one dies of later: "a man hurt in the attack died on Thursday", "died on Thursday of wounds from the attack"."""
TELLS_OF = frozenset(["speak", "talk", "tell"])
"""Behind what is told, a day is that of what is told: "spoke of air strikes on Thursday"."""
BREAKING_OUT = frozenset(["erupt", "happen", "occur", "ensue", "break", "begin", "start"])
"""What only events do: "clashes over cattle that erupted on Sunday"."""
TELLING_EVENTS = HAPPENING | BREAKING_OUT
STRUCK = HARMING | {"strike"}
FILED = re.compile(r",? (?:[A-Z][\w’'-]+,? ){1,4}(?:\([^)]*\) )?[—–-]")
"""Behind a day that opens a sentence: the place of a dateline."""
LOOSE_SPEECH = frozenset("admit hold put find show count record witness document post suspect list".split())
"""Verbs that are speech only with a clause behind them; else they are deeds with a day of their own."""


@lru_cache(maxsize=64)
def time_spans(sentence: Sentence) -> list[Stretch]:
    """Every stretch of a sentence that says when, neighbours ("today, Friday") together."""
    ends: list[tuple[int, int]] = []
    for mention in spot_times(sentence.text):
        if mention.leads or _is_of_the_telling(mention, sentence.text):
            continue
        start, end = _without_owner(sentence.text, mention.start, mention.end)
        if ends and sentence.text[ends[-1][1] : start] in (", ", " "):
            ends[-1] = (ends[-1][0], end)
        else:
            ends.append((start, end))
    return [sentence.doc.around(start, end) for start, end in ends]


def _is_of_the_telling(mention: TimeMention, text: str) -> bool:
    """As in "according to officials on Friday", "August 27, Osk — Planes bombed": when it was told or written."""
    if mention.start == 0 and FILED.match(text, mention.end):
        return True
    if text.endswith(OWNERS, 0, mention.end) or text.startswith(OWNERS, mention.end):
        return told_of_day().match(text, mention.end) is not None
    if OF_A_SOURCE.search(text, max(0, mention.start - 80), mention.start):
        return True
    tells_day = mention.kind in {"date", "weekday"} and mention.start > 0
    if tells_day and text[mention.end :][:1] == " " and told_at_once().match(text, mention.end):
        return True
    return ENDS.match(text, mention.end) is not None and told_aside().search(text, 0, mention.start) is not None


def _without_owner(text: str, start: int, end: int) -> tuple[int, int]:
    """As in "In Monday's raid": the preposition belongs to the raid, the rest names its day."""
    owner = next((o for o in OWNERS if text[:end].endswith(o) or text.startswith(o, end)), None)
    if owner is None:
        return start, end
    end -= len(owner) if text[:end].endswith(owner) else 0
    first, space, rest = text[start:end].partition(" ")
    return (start + len(first) + len(space), end) if rest and first.islower() else (start, end)


def time_of(sentence: Sentence, token: Token) -> Span | None:
    """When a clause's event was: the nearest time that hangs on it or on a verb it shares its time with."""
    if token.lemma_ in BURYING:
        return None
    ranked = [
        (rank, abs(hit[0].i - token.i), hit) for hit in time_spans(sentence) if (rank := _rank(hit, token)) is not None
    ]
    best = min(ranked, key=lambda item: item[:2])[2] if ranked else _told_next(sentence, token)
    if best is None:
        return None
    return sentence.span(best[0].idx, best[-1].end)


def _told_next(sentence: Sentence, event: Token) -> Stretch | None:
    """The day that stands behind an event in its own clause, when the parse hangs it on some noun between."""
    for hit in time_spans(sentence):
        holder = _holder(hit)
        hung = is_verb(holder) and holder.dep_ != "ROOT" and holder.dep_ not in ("acl", "amod")
        if hit[0].i > event.i and not hung and not _is_later(event, holder):
            between = sentence.text[event.end : hit[0].idx]
            owned = sentence.text.startswith(OWNERS, hit[-1].end)
            return None if owned or PARTED.search(between) or holder.lemma_ in FORMER else hit
    return None


def _counts_the_dead(verb: Token) -> bool:
    """As in "The toll rose on Tuesday to 62, with 165 wounded"."""
    return any(c.dep_ == "nsubj" and c.lemma_ in TOLLS for c in verb.children)


def _adds_bodies(event: Token, holder: Token) -> bool:
    """As in "Rescuers found three more bodies on Tuesday": the day of the finding."""
    counted = next((one for one in (event, *event.ancestors) if one.lemma_ in BODIES), None)
    if counted is None or holder.lemma_ not in AFTERMATH or counted.i - event.i > 1:
        return False
    return any(one.lower_ in MORE for one in counted.subtree)


def _is_later(event: Token, holder: Token) -> bool:
    """As in "searched the rubble on Tuesday after a raid", "a man hurt in the raid died on Tuesday": not its day."""
    if not is_verb(holder) or holder.i == event.i:
        return False
    if _adds_bodies(event, holder):
        return True
    path = [event, *event.ancestors]
    below = next((one for one, above in pairwise(path) if above.i == holder.i), None)
    if below is None:
        return False
    ended = holder.lemma_ in ENDING and below.dep_ in ("nsubj", "nsubjpass")
    counted = holder.lemma_ in COUNTING and (below.dep_ == "nsubj" or _counts_the_dead(holder))
    if holder.lemma_ in REMEMBERING and below.dep_ != "nsubj":
        return True
    if holder.lemma_ in DYING and any(one.lemma_ in HURT for one in path[: path.index(holder)]):
        return True
    return ended or counted or (below.lower_ in ("after", "following") and holder.lemma_ in AFTERMATH)


def _is_parted(hit: Stretch, token: Token) -> bool:
    """As in "The second such raid in May: on the 18th a strike killed nine": behind a colon stands a day of its own."""
    return any(t.text == ":" for t in token.doc[token.i : hit[0].i])


def _rank(hit: Stretch, token: Token) -> int | None:
    """How far up the time hangs; ``None`` when it says when something else was."""
    holder = _holder(hit)
    if holder.i == token.i or _is_told_of_day(hit, token) or _stands_behind(hit, token):
        return 0
    other = _is_later(token, holder) or _is_of_another_time(token, holder) or _is_parted(hit, token)
    if other or ANSWERS.search(token.doc.text[token.end : hit[0].idx]):
        return None
    above_holder = _saying_above(holder)
    rank = 1
    below = token
    for above in token.ancestors:
        if above.i == holder.i and above.lemma_ in TELLS_OF and hit[0].i > token.i > above.i:
            return rank
        if above.i == holder.i:
            return None if _is_speech_above(above, below) and not _ends_clause(hit, above, below) else rank
        if above_holder is not None and above.i == above_holder.i:
            return None
        rank, below = rank + 1, above
    told_twice = is_verb(holder) and holder.dep_ == "advcl" and _tells_how(holder, token)
    shared = _may_share(holder, token) and not (is_verb(holder) and holder.dep_ != "ROOT")
    beside = told_twice or shared or _goes_on_with(holder, token)
    own = _qualifies(holder, token) or _is_told_of_both(holder, token)
    return 1 if own else rank + 1 if beside else None


def _stands_behind(hit: Stretch, event: Token) -> bool:
    """As in "a strike of the evening before", "the raid of 3 May": said of the noun, wherever the parse hangs it."""
    return hit[0].i == event.i + 1 and hit[0].lower_ == "of" and not is_verb(event)


def _is_told_of_day(hit: Stretch, event: Token) -> bool:
    """As in "Last May, when ten were killed in a raid": the clause hangs on the words of time themselves."""
    above = (event, *event.ancestors)
    return any(one.dep_ == "relcl" and hit[0].i <= one.head.i <= hit[-1].i for one in above)


def _is_of_another_time(event: Token, verb: Token) -> bool:
    """As in "Courts sat idle on Monday over those killed in Osk", "met on Friday where shells had killed ten".

    A clause about a noun of the main one tells what was before, unless the main one tells an event too.
    """
    if not is_verb(verb) or verb.lemma_ in TELLING_EVENTS or all(one.i != verb.i for one in event.ancestors):
        return False
    inside = takewhile(lambda one: one.i != verb.i, (event, *event.ancestors))
    return any(one.dep_ == "relcl" or (one.dep_ == "acl" and one.tag_ in ("VBN", "VBD")) for one in inside)


def _is_told_of_both(verb: Token, event: Token) -> bool:
    """As in "Ten died and nine were hurt on Sunday": a day behind the second of two verbs of harm is that of both."""
    both = verb.dep_ == "conj" and verb.head.i == event.i and is_verb(verb)
    return both and verb.lemma_ in STRUCK and event.lemma_ in HARMING


def _goes_on_with(verb: Token, event: Token) -> bool:
    """As in "Missiles fired from afar hit Osk on Monday": the subject's second verb, which may pass for another's."""
    if verb.dep_ != "conj" or event.head.i != verb.head.i or event.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _saying_above(holder: Token) -> Token | None:
    """As in "accused the army on Tuesday of a raid": a day hung on the one spoken to or of is that of the speech."""
    if holder.dep_ in ("dobj", "dative", "pobj") and holder.head.lemma_ not in LOOSE_SPEECH:
        verb = holder.head if holder.head.dep_ != "prep" else holder.head.head
        return verb if verb.lemma_ in load_wording().speech_kind and is_verb(verb) else None
    return None


def _holder(hit: Stretch) -> Token:
    """The verb or event noun a time hangs on."""
    above = root_of(hit)
    while (
        above.head.i != above.i
        and (
            hit[0].i <= above.i <= hit[-1].i
            or above.pos_ == "ADP"
            or above.dep_ in ("npadvmod", "pcomp")
            or CLOCK.match(above.text)
            or above.lower_ in HOURS
            or _is_misread_name(above)
        )
        and (not is_verb(above) or _is_misread_name(above))
    ):
        above = above.head
    return above


def _tells_how(verb: Token, event: Token) -> bool:
    """As in "Ten were killed when (or after) a rocket came down on Osk on Friday": one event, told twice."""
    if event.i not in (verb.head.i, verb.head.head.i if verb.head.dep_ == "conj" else -1):
        return False
    opening = {c.lower_ for c in verb.children if c.i < verb.i}
    return bool(opening & {"when", "as"}) or ("after" in opening and event.lemma_ in HARMING)


def _qualifies(verb: Token, event: Token) -> bool:
    """As in "A raid targeting Osk on Monday killed ten", "the raid, which took place on Monday": said of the event."""
    noun = verb.head
    if verb.dep_ == "relcl":
        above = {a.i for a in noun.ancestors}
        argued = event.head.i in above and event.i < noun.i and event.dep_ in ("dobj", "nsubj", "nsubjpass")
        own = noun.i == event.i or (verb.lemma_ in BREAKING_OUT and (event.i in above or argued))
        return own and any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in verb.children)
    if verb.dep_ != "acl" or verb.tag_ not in ("VBG", "VBN"):
        return False
    return noun.i == event.i or (noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i == event.i)


def _is_misread_name(verb: Token) -> bool:
    """As in "Bombs fell on Let Ma village on Monday": an unknown name whose first word passes for a verb."""
    return verb.dep_ == "pobj" and verb.is_title and not verb.is_sent_start


def _is_speech_above(verb: Token, below: Token) -> bool:
    """As in "said on Thursday that …", "denied on Thursday the raid": Thursday is when it was said.

    "Three were reported killed on Thursday" gives the day of the killing.
    """
    if verb.lemma_ not in load_wording().speech_kind:
        return False
    if below.dep_ in ("xcomp", "oprd", "acomp", "ccomp") and below.tag_ == "VBN" and is_passive(verb):
        return any(c.dep_ in ("nsubj", "nsubjpass") for c in below.children)
    return below.dep_ in ("ccomp", "xcomp", "parataxis") or (is_verb(verb) and verb.lemma_ not in LOOSE_SPEECH)


def _ends_clause(hit: Stretch, verb: Token, below: Token) -> bool:
    """As in "Ten died in X, on Friday, officials said": what stands before who says it belongs to what is said."""
    speaker = next((c.i for c in verb.children if c.dep_ == "nsubj"), verb.i)
    return below.i < hit[0].i < min(speaker, verb.i) and below.dep_ in ("ccomp", "parataxis")


def _may_share(holder: Token, token: Token) -> bool:
    """Whether a time on a word beside or below the event is the event's too: same noun phrase or its arguments."""
    above = list(holder.ancestors)
    between = takewhile(lambda a: a.i != token.i, above)
    below = any(a.i == token.i for a in above) and all(_tells_how(a, token) for a in between if is_verb(a))
    return below or any(a.i == holder.head.i for a in [token, *token.ancestors])
