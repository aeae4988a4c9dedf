"""Nouns and adjectives of control: "in control of", "under siege", "in X's hands", "the fall of Y", "X-held Y"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from according.extract.control_aims import goal
from according.extract.control_besieging import called_besieged
from according.extract.control_fighting import called_contested, fighting, loss, on_all_sides
from according.extract.control_finding import Finding, after, is_party, is_person, surface_subjects
from according.extract.control_flags import flying_noun
from according.extract.control_having import marked_as, said_held
from according.extract.control_places import PlaceArgument
from according.extract.control_seats import foothold, home_to, last_of_theirs, masters, stronghold
from according.extract.control_sieges import siege
from according.extract.control_states import (
    BECOMING,
    change_of,
    in_control_here,
    known_places,
    lasting_subject,
    owners_of,
    state_findings,
)
from according.extract.control_turns import bid, ended_rule, no_mans
from according.extract.control_withdrawals import withdrawal
from according.extract.roles import is_passive, is_verb, subjects_of
from according.vocabulary.control import ControlWords, load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

CREDITING = frozenset(
    [
        "complete",
        "achieve",
        "report",
        "celebrate",
        "announce",
        "claim",
        "declare",
        "hail",
        "proclaim",
        "trumpet",
        "tout",
    ]
)
"""Whoever announces or celebrates a capture made it, unless somebody else is named."""
STATES = frozenset(["in", "under", "into"])
GOALS = frozenset(["goal", "target", "objective", "aim", "prize"])
COLLAPSING = frozenset(["collapse", "end", "crumble", "cease", "vanish", "evaporate", "unravel"])
"""What a party's control does that is no more."""
CONTESTED = ("contested", "disputed")
Reader = Callable[["Sentence", "Token"], Iterator[Finding]]


def noun_findings(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """What one noun (or hyphened adjective) says about control."""
    words = load_control_words()
    lemma = noun.lemma_.lower()
    if lemma in words.take_nouns and sentence.actor_at(noun) is not None:
        return  # "the Movement for the Liberation of …"
    if lemma == "control" and noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i:
        yield from _mistaken_verb(sentence, noun)
        return
    if lemma == "control" and noun.dep_ in ("ROOT", "ccomp") and (found := list(_mistaken_root(sentence, noun))):
        yield from found
        return
    if lemma in words.hand_nouns and (read_hands := list(_hands(sentence, noun, lemma))):
        yield from read_hands
        return
    by_form, by_lemma = _readers()
    read = by_form.get(noun.lower_)
    if read is not None and _is_meant(noun):
        yield from read(sentence, noun)
    elif lemma in by_lemma:
        yield from by_lemma[lemma](sentence, noun)


def _hands(sentence: Sentence, noun: Token, lemma: str) -> Iterator[Finding]:
    """“In X's hands", "slipped from X's hands"; "in possession of Y" is read as control is."""
    if _is_outside(noun.head):
        yield from _beyond_control(sentence, noun, noun.head)
        return
    if lemma == "reach":
        return  # what is within reach is not held yet
    is_state = noun.head.lower_ in STATES or (noun.head.lower_ == "of" and noun.head.head.lower_ == "out")
    is_possessor = lemma == "possession" and bool(after(noun, "of")) and noun.head.lower_ == "in"
    if is_state and noun.head.dep_ == "prep" and not is_possessor:
        yield from state_findings(sentence, noun, noun.head)


@cache
def _readers() -> tuple[dict[str, Reader], dict[str, Reader]]:
    """Who reads a word: by its form, and by its base form; the first that names a word has it."""
    words = load_control_words()
    forms: dict[str, Reader] = {}
    for listed, read in (
        (("free", "clear", "rid"), _free_of),
        (CONTESTED, called_contested),
        (("under",), _under),
        (words.held_participles | words.besieged_participles, _hyphened),
        (("present",), foothold),
        (("home",), home_to),
        (("flies", "waves"), flying_noun),
    ):
        forms |= {word: read for word in listed if word not in forms}
    lemmas: dict[str, Reader] = {}
    for listed, read in (
        (words.siege_nouns, siege),
        (words.control_nouns | words.under_nouns, _control),
        (words.extents.footholds, foothold),
        (words.lose_nouns, loss),
        (words.take_nouns, _taking),
        (words.withdraw_nouns, withdrawal),
        (words.stronghold_nouns, stronghold),
        (words.masters, masters),
        (words.towns | {"port", "airport", "capital"}, last_of_theirs),
        (words.contest_nouns, fighting),
        (("side",), on_all_sides),
        (("zone", "battleground"), no_mans),
        (GOALS, goal),
        (("bid", "push", "thrust"), bid),
    ):
        lemmas |= {word: read for word in listed if word not in lemmas}
    return forms, lemmas


def _is_meant(word: Token) -> bool:
    """Whether a word that means other things too stands where it speaks of control."""
    if word.lower_ in ("free", "clear", "rid"):
        return word.pos_ == "ADJ"
    if word.lower_ in CONTESTED:
        return word.dep_ in ("acomp", "attr", "oprd")
    return word.lower_ != "under" or word.dep_ in ("prep", "relcl", "acl", "conj")


def _mistaken_verb(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Rebels of the … Front (FVA) control Bria” parsed as a Bria that is called control."""
    doers = [c for c in noun.children if c.i < noun.i and is_party(sentence, c)]
    places = known_places(sentence, [noun.head])
    if doers and places:
        yield Finding("hold", noun, tuple(doers), places, realis="ongoing")


def _mistaken_root(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Rebels control Y" parsed as a control of rebels."""
    doers = tuple(c for c in noun.lefts if c.i == noun.i - 1 and c.tag_ == "NNS" and is_party(sentence, c))
    behind = [c for c in noun.rights if c.i == noun.i + 1 and c.pos_ == "PROPN"]
    places = known_places(sentence, behind, loosely=True) if doers else ()
    if places:
        yield Finding("hold", noun, doers, places, realis="ongoing")


def _hyphened(sentence: Sentence, word: Token) -> Iterator[Finding]:
    """“Rebel-held Douma”: the outlet's own background, presupposed whatever else the sentence says."""
    words = load_control_words()
    doc = word.doc
    if word.i < 2 or doc[word.i - 1].text not in ("-", "‑", "–"):
        if word.lower_ in words.besieged_participles:
            yield from called_besieged(sentence, word)
        return
    holder = doc[word.i - 2]
    place = word.head if word.dep_ in ("amod", "compound", "nmod") else None
    if place is None:
        yield from [*marked_as(sentence, word, holder), *said_held(sentence, word, holder)]
        return
    if word.lower_ in ("run", "administered") and place.lemma_.lower() in words.institutions:
        return  # "the UN-run school"
    places = known_places(sentence, [place], loosely=True)
    predicate = "besiege" if word.lower_ in words.besieged_participles else "hold"
    if places and (is_party(sentence, holder) or holder.pos_ in ("PROPN", "ADJ") or holder.text[0].isupper()):
        yield Finding(predicate, word, (holder,), _without(sentence, places, word), presupposed=True)


def _without(sentence: Sentence, places: tuple[PlaceArgument, ...], word: Token) -> tuple[PlaceArgument, ...]:
    """Places whose words do not begin with the hyphened adjective."""
    end = word.end + 1
    cut = []
    for place in places:
        first = place.span.start - sentence.offset
        last = place.span.end - sentence.offset
        cut.append(PlaceArgument(sentence.span(max(first, end) if first < end < last else first, last), place.extent))
    return tuple(cut)


def _control(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    above = noun.head
    over = after(noun, "of", "over")
    lemma = noun.lemma_.lower()
    if lemma in ("rule", "authority", "grip", "sway", "hold"):
        over = (
            over + after(noun, "in", "on", "across") + (after(noun.head, "in", "over") if noun.dep_ == "dobj" else [])
        )
    places = known_places(sentence, over, loosely=True)
    if ended := list(ended_rule(sentence, noun)):
        yield from ended
    elif above.lower_ == "under" and above.dep_ == "prep":
        yield from state_findings(sentence, noun, above)
    elif _is_outside(above) or _is_out(above):
        yield from _beyond_control(sentence, noun, above)
    elif lemma in ("flag", "banner"):
        return
    elif not places:
        yield from _control_here(sentence, noun)
    elif above.lower_ == "in" and above.dep_ == "prep":
        yield from _in_control(noun, above, places)
    elif above.lower_ in ("for", "over") and above.dep_ == "prep":
        yield from _for_control(sentence, noun, above, places)
    elif above.lemma_ != "claim" or lemma not in ("sovereignty", "authority"):
        yield from _control_as_argument(sentence, noun, load_control_words(), places)


def _is_outside(preposition: Token) -> bool:
    """“Outside X's control", "slipped from X's control", "slipped out of X's control"."""
    if preposition.lower_ in ("outside", "beyond"):
        return preposition.dep_ == "prep"
    out = preposition.lower_ == "of" and preposition.head.lower_ == "out"
    verb = preposition.head.head if out else preposition.head
    return (out or preposition.lower_ == "from") and verb.lemma_ in load_control_words().escaping


def _is_out(preposition: Token) -> bool:
    """“Half of the country is out of the state's control"."""
    out = preposition.head
    return preposition.lower_ == "of" and out.lower_ == "out" and out.head.lemma_ in ("be", "remain", "go")


def _beyond_control(sentence: Sentence, noun: Token, preposition: Token) -> Iterator[Finding]:
    """“Most of Y is now outside the army's control”: the army has lost it."""
    verb = preposition.head if preposition.head.lower_ != "out" else preposition.head.head
    subjects = surface_subjects(verb) if is_verb(verb) else [verb]
    owners = tuple(o for o in owners_of(sentence, noun) if _has_power(sentence, o))
    places = known_places(sentence, subjects, loosely=True)
    if owners and places:
        yield Finding("lose", noun, owners, places)


def _has_power(sentence: Sentence, head: Token) -> bool:
    """A party, the state, or a name, which may be a capital's for its government."""
    return is_party(sentence, head) or head.lower_ in ("state", "our", "its", "their") or head.pos_ == "PROPN"


def _free_of(sentence: Sentence, word: Token) -> Iterator[Finding]:
    """“Declared Y free of X”, "Y is now clear of X": X has lost it."""
    losers = tuple(p for p in after(word, "of", "from") if is_party(sentence, p))
    beside = [c for c in word.children if c.dep_ == "nsubj"]
    above = word.head
    if not beside and is_verb(above):
        beside = surface_subjects(above) if above.lemma_ == "be" else [c for c in above.children if c.dep_ == "dobj"]
    declared = above.lemma_ in ("declare", "proclaim")
    places = known_places(sentence, beside, loosely=bool(losers) or (declared and [b.lower_ for b in beside] == ["it"]))
    if losers and places:
        yield Finding("lose", word, losers, places)
    elif places and word.lower_ == "free" and not list(after(word, "of", "from")):
        doers = tuple(subjects_of(above)) if above.lemma_ in ("declare", "proclaim") else ()
        yield Finding("take", above, doers, places, by_voice=not doers, by_claim=bool(doers))


def _under(sentence: Sentence, preposition: Token) -> Iterator[Finding]:
    """“The last two hills under X”, "the rest are under X": by a name, without a word for control."""
    forces = load_control_words().forces - load_control_words().under_nouns
    names = [c for c in preposition.children if c.dep_ == "pobj" and _rules(sentence, c, forces)]
    above = preposition.head
    comes = is_verb(above) and above.lemma_ in BECOMING
    if comes and not names:
        names = [c for c in preposition.children if c.dep_ == "pobj" and c.lower_ in ("them", "him")]
    if preposition.dep_ == "conj" and not is_verb(above):
        above = above.head  # "is safe and under the army"
    lasts = above.lemma_ in ("be", "remain", "stay", "lie")
    held = surface_subjects(above) if is_verb(above) and (comes or lasts) else [above]
    held = lasting_subject(above) or held  # "was retaken after ten months under X"
    known = bool(names) and not is_person(sentence, names[0])
    places = known_places(sentence, held, loosely=lasts and bool(names)) if known else ()
    if places:
        yield Finding("take" if comes else "hold", above if comes else preposition, tuple(names), places)


def _rules(sentence: Sentence, head: Token, forces: frozenset[str]) -> bool:
    """Whether a place can be under somebody: a known party, or "the government", "the rebels"; not under fire."""
    return sentence.actor_at(head) is not None or head.lemma_.lower() in forces


def _control_here(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Took control”, "a loss of control" without saying of what: the place spoken of, or "there"."""
    words = load_control_words()
    verb = noun.head
    if verb.lower_ == "in" and verb.dep_ == "prep" and noun.lemma_.lower() in ("control", "charge", "possession"):
        yield from in_control_here(sentence, verb)
    if verb.lower_ == "of" and verb.head.lemma_ in words.lose_nouns:
        loss = verb.head
        above = next((a for a in loss.ancestors if is_verb(a)), None)
        doers = owners_of(sentence, loss) or (tuple(subjects_of(above)) if above is not None else ())
        yield Finding("lose", loss, tuple(d for d in doers if is_party(sentence, d) or d.pos_ == "PROPN"))
    if noun.lemma_.lower() == "control" and noun.dep_ == "dobj" and verb.lemma_ in words.take_control:
        heads = [c for c in verb.children if c.lower_ == "there"] + after(verb, "in")
        doers = tuple(s for s in subjects_of(verb) if is_party(sentence, s))
        if doers and not after(noun, "of", "over"):
            yield Finding("take", noun, doers, known_places(sentence, heads, loosely=True))


def _in_control(noun: Token, preposition: Token, places: tuple[PlaceArgument, ...]) -> Iterator[Finding]:
    verb = preposition.head
    left = [c for c in verb.children if c.dep_ == "dobj"] if verb.lemma_ in ("leave", "put", "keep") else []
    doers = tuple(left or surface_subjects(verb)) if is_verb(verb) else (verb,)
    change = change_of("hold", verb, preposition)
    yield Finding(change, verb if is_verb(verb) else noun, doers, places)


def _for_control(
    sentence: Sentence, noun: Token, preposition: Token, places: tuple[PlaceArgument, ...]
) -> Iterator[Finding]:
    """“Fighting for control of Y”, "a battle over control of Y"."""
    contest = preposition.head
    doers = (
        surface_subjects(contest)
        if is_verb(contest)
        else [*after(contest, "between", "by"), *owners_of(sentence, contest)]
    )
    sides = [m for d in doers for m in (d, *d.conjuncts)]
    yield Finding("contest", noun, tuple({s.i: s for s in sides if is_party(sentence, s)}.values()), places)


def _control_as_argument(
    sentence: Sentence, noun: Token, words: ControlWords, places: tuple[PlaceArgument, ...]
) -> Iterator[Finding]:
    verb = noun.head
    owners = tuple(o for o in owners_of(sentence, noun) if o.dep_ != "pobj")
    if noun.dep_ in ("dobj", "nsubjpass") and is_verb(verb):
        doers = owners or tuple(subjects_of(verb))
        given = [c for c in verb.children if c.dep_ == "dative"] if verb.lemma_ == "give" else []
        if given:
            yield Finding("take", verb, tuple(given), places)
        elif verb.lemma_ in words.take_control:
            rivals = tuple(p for p in after(verb, "from") if is_party(sentence, p))
            yield Finding("take", verb, doers, places, rivals)
        elif verb.lemma_ in words.lose_control:
            yield Finding("lose", verb, doers, places)
        elif verb.lemma_ in words.hold_control:
            yield Finding("hold", verb, doers, places)
        elif owners:
            yield Finding("hold", noun, owners, places)
    elif noun.dep_ in ("nsubj", "nsubjpass") and is_verb(verb):
        yield from _control_as_subject(sentence, noun, verb, places)
    elif noun.dep_ == "pobj" and noun.head.head.lemma_ in words.lose_nouns:
        yield Finding("lose", noun, owners_of(sentence, noun.head.head), places)
    elif owners:
        yield Finding("hold", noun, owners, places)


def _control_as_subject(
    sentence: Sentence, noun: Token, verb: Token, places: tuple[PlaceArgument, ...]
) -> Iterator[Finding]:
    """“Control of Y passed to X”, "control of Y is contested"."""
    takers = tuple(p for p in after(verb, "to") if is_party(sentence, p))
    if takers and verb.lemma_ in BECOMING | {"change"}:
        yield Finding("take", noun, takers, places)
    elif verb.lemma_ in ("contest", "dispute") or any(c.lower_ in ("contested", "disputed") for c in verb.children):
        yield Finding("contest", noun, (), places)
    elif noun.tag_ == "NN" and (owners := tuple(o for o in owners_of(sentence, noun) if o.dep_ != "pobj")):
        gone = verb.lemma_ in COLLAPSING and verb.tag_ in ("VBD", "VBN")
        back = is_passive(verb) and verb.lemma_ in load_control_words().take_control
        yield Finding("lose" if gone else "take" if back else "hold", verb if gone or back else noun, owners, places)


def _taking(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“The capture of Y by X”, "X's seizure of Y", "the fall of Y to X", "Y's fall to X"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    giving = ("by", "to") if noun.lemma_.lower() == "fall" else ("by",)
    # a parser hangs "the fall of Y to X" on the noun, on Y or on the verb above
    hung_on = (noun, *after(noun, "of"), *((noun.head,) if noun.dep_ == "dobj" and "to" in giving else ()))
    takers = [t for word in hung_on for t in after(word, *giving) if t.i > noun.i]
    places = known_places(sentence, after(noun, "of"), loosely=noun.lemma_.lower() != "fall" or bool(takers))
    if places:
        takers = takers or [o for o in owners if is_party(sentence, o)]
    else:
        named = takers or noun.lemma_.lower() in load_control_words().own_gain | {"fall"}
        places = known_places(sentence, owners, loosely=True) if named else ()
    credited = not takers and is_verb(noun.head) and noun.dep_ == "dobj" and noun.head.lemma_ in CREDITING
    if credited:
        takers = [
            t
            for t in subjects_of(noun.head)
            if is_party(sentence, t) or t.pos_ == "PROPN" or _is_somebodys(sentence, t)
        ]
    if not takers and noun.dep_ == "pobj" and noun.head.lower_ == "with":  # "with the capture of Y, X holds …"
        above = noun.head.head
        takers = [s for s in surface_subjects(above) if is_party(sentence, s)] if is_verb(above) else []
    predicate = "hold" if noun.lemma_.lower() == "occupation" else "take"
    if places:
        own = credited and noun.head.lemma_ in ("announce", "claim", "declare", "proclaim", "report")
        yield Finding(predicate, noun, tuple(takers), places, by_claim=own)


def _is_somebodys(sentence: Sentence, head: Token) -> bool:
    """“The Orlesian ministry”: an office of a party."""
    return any(
        sentence.actor_at(c) is not None or (c.pos_ in ("ADJ", "PROPN") and is_party(sentence, c))
        for c in head.lefts
        if c.dep_ in ("amod", "compound", "poss")
    )
