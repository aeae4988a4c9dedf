"""Figures given without repeating for what: "RBSS counted two dead; Al Araby counted three, and SOHR four"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.counted_nouns import Harm
from according.extract.crowds import Crowd
from according.vocabulary.casualties import load_casualty_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.vocabulary.names import NameMention

TELLING = frozenset(["speak", "write", "tell", "talk"])
"""Verbs behind which "of" gives a figure ("spoke of about 50")."""
COUNTING = frozenset(["count", "account", "counts", "accounts", "that", "tally", "reckoning"])
"""Words of a source behind a number ("43 by the clinic's count and 39 by that of the mayor")."""
THEN = frozenset(["later", "then", "afterwards", "subsequently", "finally", "eventually", "now", "still"])
"""Words for when the same source gave another figure ("first spoke of 20 dead and later of 40")."""
HOLDING = frozenset("hold keep seize free release rescue arrest detain abduct kidnap capture treat".split())
"""Verbs whose number is of people who live."""
SITED = (["in"], ["at"], ["inside"], ["outside"], ["near"], ["aboard"], ["on"])
LATER = (
    ["in", "hospital"],
    ["in", "the", "hospital"],
    ["at", "the", "hospital"],
    ["on", "the", "way"],
    ["of", "their", "wounds"],
    ["of", "their", "injuries"],
    ["from", "their", "wounds"],
    ["from", "their", "injuries"],
    ["overnight"],
    ["later"],
    ["afterwards"],
    ["the", "next"],
    ["the", "following"],
)
"""Words behind a number of those who died later than the rest ("ten there and then and two in hospital")."""
ARTICLES = (["a"], ["an"], ["another"])
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
INCLUDING = frozenset(["included", "includes", "include"])
FIGURES = frozenset(["figure", "figures", "toll", "count", "number", "total", "dead", "victims"])
"""Words for a toll that includes a kind of people ("the figure included three guards")."""
REACH = 5
"""Words back from a bare number to the verb that gives it ("afterwards put it at 21 or more")."""
ENDS = frozenset(
    [
        ",",
        ";",
        ".",
        "and",
        "but",
        "while",
        "or",
        ")",
        "in",
        "with",
        "at",
        "on",
        ":",
        "though",
        "chiefly",
        "mostly",
        "as",
        "after",
        "when",
        "following",
        "since",
        "once",
        "by",
        "from",
        "among",
        "including",
    ]
)


def figures_left(
    sentence: Sentence, crowds: Sequence[Crowd], harms: Sequence[Harm], told: tuple[Harm | None, Harm | None]
) -> Iterator[Harm]:
    """Bare numbers that no word for harm took, read as figures for what was counted last: at all, and of the dead."""
    last, dead = told
    taken = {position for harm in harms if harm.crowd for position in range(harm.crowd.first, harm.crowd.last)}
    words = [token.lower_ for token in sentence.doc]
    given: list[Harm] = []
    for crowd in crowds:
        earlier = [harm for harm in (*harms, *given) if _stands_before(harm, crowd)]
        leaned_on = dead if _is_of_the_dead(words, crowd, last) else last
        model = _model(earlier) or (leaned_on if not earlier else None)
        if model is None or crowd.first in taken or (model.crowd is None and crowd.members[0].group is not None):
            continue
        if earlier and _none_besides(words, crowd):
            yield Harm(model.token, model.predicate, crowd)
            continue
        if _asked(words, crowd):
            continue
        if crowd.is_part and (earlier or _breaks_down(words, crowd)):
            nearest = max(earlier or [model], key=lambda harm: harm.token)
            token = nearest.token if earlier else crowd.members[0].head
            yield Harm(token, nearest.predicate, crowd, leaning=True)
            continue
        if earlier and _elsewhere(sentence, words, crowd):
            given.append(Harm(model.token, model.predicate, crowd, leaning=True))
            yield given[-1]
            continue
        verb = _giving(sentence, words, crowd, gapped=bool(earlier))
        if verb is not None:
            told_anew = words[crowd.first - 1] == ":"  # "gave a higher number: 35 people"
            whole = msgspec.structs.replace(crowd, is_part=crowd.is_part and not told_anew)
            given.append(Harm(verb, model.predicate, whole, leaning=True))
            yield given[-1]


def _stands_before(harm: Harm, crowd: Crowd) -> bool:
    """Whether harm is told of before a number, if only as bodies that nobody has counted yet."""
    return (harm.crowd.first if harm.crowd is not None else harm.token) < crowd.first


def _asked(words: Sequence[str], crowd: Crowd) -> bool:
    """As in "Whether the six were fighters is not known": nobody says that they were."""
    return not {"whether", "if", "not"}.isdisjoint(words[max(0, crowd.first - 4) : crowd.first])


def _breaks_down(words: Sequence[str], crowd: Crowd) -> bool:
    """As in "Three of them were children": says who those counted before were."""
    inside = words[crowd.members[0].first : crowd.members[0].last]
    return "were" in inside or "are" in inside or _are_listed(words, crowd)


def _is_of_the_dead(words: Sequence[str], crowd: Crowd, last: Harm | None) -> bool:
    """Whether a breakdown is of the dead, whoever else was counted after them: of the toll, or of more than those."""
    return _breaks_down(words, crowd) and (_are_listed(words, crowd) or _are_more(crowd, last))


def _are_listed(words: Sequence[str], crowd: Crowd) -> bool:
    """As in "The toll included three guards"."""
    return words[crowd.first - 1] in INCLUDING and not FIGURES.isdisjoint(words[: crowd.first])


def _are_more(crowd: Crowd, last: Harm | None) -> bool:
    """As in "Two fighters died and a nurse was hurt. The two were farmers": more than were counted last."""
    counted = last.crowd.members[0].high if last is not None and last.crowd is not None else None
    return counted is not None and (crowd.members[0].low or 0) > counted


def _none_besides(words: Sequence[str], crowd: Crowd) -> bool:
    """As in "One militant died, and no civilian so far as is known"."""
    party = crowd.members[0]
    before = words[party.first - 1] if party.first else ""
    return party.rule == "none" and party.group is not None and before in ("and", "but", "with")


def place_after(sentence: Sentence, crowd: Crowd) -> NameMention | None:
    """The place named right behind a crowd ("one in Osk", "two more in the town of Osk")."""
    words = [token.lower_ for token in sentence.doc[crowd.last : crowd.last + 6]]
    if words[:1] not in (["in"], ["at"], ["near"]):
        return None
    tokens = sentence.doc[crowd.last + 1 : crowd.last + 6]
    return next((m for token in tokens if (m := sentence.place_at(token)) is not None), None)


def _elsewhere(sentence: Sentence, words: Sequence[str], crowd: Crowd) -> bool:
    """As in "Three people died in Osk and one in Duvar": the same harm, at another place."""
    joined = words[max(0, crowd.first - 1)] in ("and", ",", "while", "then")
    bare = len(crowd.members) == 1 and crowd.members[0].group in (None, "people") and crowd.members[0].counted
    beside = words[crowd.last : crowd.last + 1] in (["nearby"], ["elsewhere"]) or is_at_another(words[crowd.last :])
    return joined and bare and (beside or place_after(sentence, crowd) is not None)


def is_at_another(words: Sequence[str]) -> bool:
    """As in "Five in a mosque and two in a school": whether words behind a number name another site or day."""
    another_day = words[:1] == ["on"] and not WEEKDAYS.isdisjoint(words[1:2])
    another_day = another_day or any(words[: len(late)] == late for late in LATER)
    return another_day or (words[:1] in SITED and words[1:2] in ARTICLES)


def _model(earlier: Sequence[Harm]) -> Harm | None:
    """What a bare number counts: the dead where they were counted before it, else what was counted last."""
    counted = [harm for harm in earlier if harm.crowd is not None and not harm.crowd.members[0].named]
    counted = counted or [harm for harm in earlier if harm.crowd is None and not harm.shared]
    dead = [harm for harm in counted if harm.predicate == "kill"]
    return max(dead or counted, key=lambda harm: harm.token, default=None)


def _giving(sentence: Sentence, words: Sequence[str], crowd: Crowd, *, gapped: bool) -> int | None:
    """The token that gives a bare number: a figure verb close before it, or a name where the verb is left out."""
    party = crowd.members[0]
    if (
        party.group not in (None, "civilians", "people")
        or party.rule in (None, "none", "one", "definite")
        or len(crowd.members) > 1
    ):
        return None
    after = words[party.last : party.last + 2]
    counted = after[:1] == ["by"] and not COUNTING.isdisjoint(words[party.last : party.last + 5])
    if gapped and (after == ["according", "to"] or counted):
        return party.last  # "twenty dead according to the army, thirty according to the mayor"
    if after and after[0] not in ENDS:
        return None
    known = load_casualty_words()
    far = REACH + 2 if words[max(0, party.first - 1)] == ":" else REACH
    for at in range(party.first - 1, max(party.first - 1 - far, -1), -1):
        if sentence.doc[at].lemma_ in HOLDING and sentence.doc[at].tag_[:2] == "VB":
            return None  # "the kidnappers say they hold 21"
        if words[at] in known.figure_verbs and sentence.doc[at].tag_[:2] == "VB":
            heard = (
                sentence.doc[at].lemma_ in TELLING - {"write"} and words[at + 1] != "of"
            )  # "had spoken to 40 survivors"
            return None if heard else at
        told = words[at] == "of" and at > 0 and sentence.doc[at - 1].lemma_ in TELLING
        if words[at] in (",", ";", "from", "in", "of") and not told:
            break
    return _elliptic(sentence, party.first) if gapped and party.first else None


def _elliptic(sentence: Sentence, number: int) -> int | None:
    """The token before a bare number whose verb is left out: a name, a noun before "at", "later" before "of"."""
    before = sentence.doc[number - 1]
    if before.lower_ in ("to", "of", "at") and number > 2:
        above = sentence.doc[number - 2]
        moment = sentence.doc[number - 3] if above.lower_ == "," else above
        if moment.lower_ in THEN:
            return moment.i
        return above.i if above.tag_[:2] == "NN" and before.lower_ != "to" else None
    body = before.tag_ == "NN" and before.i > 0 and before.nbor(-1).tag_ == "NNP"  # "the Lantern group 21"
    named = (before.tag_ in ("NNP", "NNPS") or body) and sentence.place_at(before) is None
    return before.i if named else None
