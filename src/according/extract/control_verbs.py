"""Verbs of control: which of their arguments is the place, and who gains, holds, loses or leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_aims import faltered, repelled, sights, tried
from according.extract.control_belonging import belonging, fills, left_to, let_in, made_base, sitting
from according.extract.control_besieging import bar_roads, besiege, stands_around
from according.extract.control_finding import (
    STILL,
    Finding,
    after,
    borne,
    direct_objects,
    doers_of,
    is_party,
    is_person,
    is_pronoun,
    is_settlement,
    objects_of,
    of_places,
    particles,
    parties_in,
    resumed,
    subjects_of,
    surface_subjects,
    told_ahead,
)
from according.extract.control_flags import flag
from according.extract.control_gapping import gapped
from according.extract.control_giving import hand_over
from according.extract.control_having import (
    all_left,
    answers_to,
    comes_by,
    commands_road,
    down_to,
    is_gone,
    is_rid,
    is_town,
    shut_in,
    still_has,
)
from according.extract.control_leaving import FROM, leave, lose, with_it, withdraw
from according.extract.control_places import is_place
from according.extract.control_presence import back_in, departed, still_inside
from according.extract.control_turns import clings, declared_taken, is_grey, passes_to, stormed, swings
from according.extract.roles import is_passive
from according.extract.wordlists import find_phrases
from according.vocabulary.control import ControlWords, load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

TOWARDS = ("for", "over")
RIDDING_OF = frozenset(["clear", "cleanse", "purge", "free"])
OWNERSHIP = frozenset(["party", "candidate", "company", "firm", "team", "club", "investor"])


def verb_findings(sentence: Sentence, verb: Token) -> Iterator[Finding]:
    """What one verb says about control."""
    words = load_control_words()
    for read in (
        flag,
        with_it,
        sights,
        repelled,
        faltered,
        tried,
        declared_taken,
        stormed,
        clings,
        still_inside,
        swings,
        passes_to,
        let_in,
        fills,
        _oust,
        hand_over,
        is_gone,
        departed,
        is_rid,
        stands_around,
        answers_to,
        all_left,
        down_to,
        shut_in,
        belonging,
        left_to,
        made_base,
        _cleared,
        _take,
        _claim,
        _come_back,
        _confine,
        bar_roads,
        _keep_from,
        _hold,
        lose,
        leave,
        withdraw,
        besiege,
        _contest,
        _fall,
        _hold_out,
        sitting,
        back_in,
    ):
        found = list(read(sentence, verb, words))
        if found:
            yield from found
            yield from gapped(sentence, verb, found[0])
            return


def _oust(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Drove X out of Y”, "X was ousted from Y", "X was driven out" (from the place spoken of)."""
    if verb.lemma_ not in words.oust:
        return
    ousted = parties_in(sentence, map(told_ahead, objects_of(verb)))
    sources = [p for w in (verb, *ousted) for p in after(w, *FROM)]
    places = of_places(sentence, sources, loosely=True)
    alone = verb.lemma_ in words.oust_alone or "out" in particles(verb)
    if not ousted or not (places or (alone and not sources)):
        return
    doers = tuple(
        d for d in doers_of(verb) if d.lemma_.lower() not in ("strike", "raid", "bombing", "shelling", "airstrike")
    )
    yield Finding("take", verb, doers, places, ousted) if doers else Finding("lose", verb, ousted, places)


def _take(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    takes_back = verb.lemma_ in words.take.back and bool({"back"} & particles(verb))
    strong = verb.lemma_ in words.take.strong
    if not (strong or takes_back or verb.lemma_ in words.take.weak):
        return
    loosely = strong or takes_back or (verb.lemma_ in ("take", "secure") and _takes_whole(sentence, verb))
    objects = objects_of(verb)
    if verb.lemma_ in ("take", "clear", "secure", "gain") and "over" in particles(verb) and not objects:
        objects = after(verb, "over")
    if is_pronoun(objects) and _points_beside(sentence, verb):
        return
    cleared = after(verb, "of") if verb.lemma_ in RIDDING_OF else []
    if verb.lemma_ in RIDDING_OF and not cleared:
        cleared = [p for o in objects for p in after(o, "of") if is_party(sentence, p)]
    loosely = loosely or any(is_party(sentence, p) for p in cleared)
    loosely = loosely or any(o.lemma_.lower() == "pocket" for o in objects)  # "cleared the last pocket of Y"
    places = of_places(sentence, objects, loosely=loosely)
    if not places and verb.lemma_ == "take" and not is_passive(verb):
        places = of_places(sentence, objects, loosely=is_pronoun(objects))
    taken_from = [p for w in (verb, *objects) for p in after(w, "from")]
    rivals = tuple(p for p in taken_from if not is_place(sentence, p, loosely=False) or sentence.actor_at(p))
    if places and not _is_subject_odd(verb) and (strong or takes_back or _may_take(sentence, verb)):
        predicate = "hold" if verb.lemma_ == "occupy" and _lasts(verb) else "take"
        yield Finding(predicate, verb, doers_of(verb), places, parties_in(sentence, (*rivals, *cleared)))


def _points_beside(sentence: Sentence, verb: Token) -> bool:
    """“Lost contact with two men and regained it": "it" is what the verb before had, and no place."""
    had = direct_objects(verb.head) if verb.dep_ == "conj" else []
    return bool(had) and not of_places(sentence, had, loosely=True) and not any(is_party(sentence, h) for h in had)


def _claim(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Moscow had claimed Y": it said that it took it; "both sides claim Y": nobody knows."""
    if verb.lemma_ != "claim" or is_passive(verb):
        return
    doers = subjects_of(verb)
    places = of_places(sentence, objects_of(verb), loosely=False)
    if not places and is_pronoun(objects_of(verb)) and verb.dep_ == "advcl":
        places = of_places(sentence, objects_of(verb), loosely=True)
    both = any(c.lower_ == "both" for d in (verb, *doers) for c in d.children)
    if places and both:
        yield Finding("contest", verb, (), places, decided=False)
    elif (
        places
        and (verb.tag_ != "VBZ" or _claims_town(sentence, verb, words))
        and doers
        and all(is_party(sentence, d) for d in doers)
    ):
        yield Finding("take", verb, tuple(doers), places, by_claim=True)


def _claims_town(sentence: Sentence, verb: Token, words: ControlWords) -> bool:
    """“Moscow claims the village of Y" tells of a capture; "claims Y" may be an old claim to a country."""
    kinds = words.towns | words.sites | {"area", "district", "crossing"}
    return any(o.lemma_.lower() in kinds for o in objects_of(verb)) or is_settlement(sentence, objects_of(verb))


def _lasts(verb: Token) -> bool:
    """“X occupies Y”, "had occupied Y since 2014": a state, not its beginning."""
    spans = [
        p for p in after(verb, "for") if p.lemma_.lower() in ("hour", "day", "week", "month", "year", "night", "decade")
    ]
    state = is_passive(verb) and any(c.lower_ in ("is", "are") for c in verb.children)
    since = any(c.lower_ in ("since", "until") and list(c.children) for c in verb.children)
    since = since or (verb.dep_ == "relcl" and any(c.lower_ == "since" for c in verb.children))
    since = since or (verb.dep_ == "relcl" and any(c.lower_ == "had" for c in verb.children) and not is_passive(verb))
    return verb.tag_ in ("VBZ", "VBP") or state or bool(spans) or since


def _takes_whole(sentence: Sentence, verb: Token) -> bool:
    """“Took X back”, "took X from them", "the militia took X": X is a place even if its name is unknown."""
    subjects = subjects_of(verb)
    armed = bool(subjects) and all(is_party(sentence, s) or s.tag_ == "PRP$" for s in subjects)
    return bool(particles(verb) & {"back", "from"}) or armed


def _may_take(sentence: Sentence, verb: Token) -> bool:
    """Verbs that mean other things too ("a tool that would secure the border") need somebody who can take a place."""
    subjects = subjects_of(verb)
    return not subjects or any(is_party(sentence, s) or s.pos_ == "PROPN" for s in subjects)


def _is_subject_odd(verb: Token) -> bool:
    return any(s.lemma_ in OWNERSHIP for s in subjects_of(verb))


def _hold(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    strong = verb.lemma_ in words.hold.strong
    meant = strong or verb.lemma_ in words.hold.weak or still_has(sentence, verb) or _patrols(sentence, verb)
    if not meant or "out" in particles(verb) or any(u.i > verb.i for u in after(verb, "under")):
        return
    if verb.lemma_ in ("keep", "defend") and (_says_how(verb) or not _may_take(sentence, verb)):
        return
    if commands_road(sentence, verb):
        return
    if verb.dep_ == "relcl" and is_grey(verb.head):
        return  # "a grey zone that neither side controls" is told by the noun
    if any(c.lower_ in ("responsible", "accountable", "hostage", "captive", "liable") for c in verb.subtree):
        return
    own_ground = [o for o in objects_of(verb) if o.lemma_ in ("position", "line", "ground") and _is_pointed_at(o)]
    loosely = strong or (verb.lemma_ in ("keep", "defend") and is_pronoun(objects_of(verb)))
    objects = [p for ground in own_ground for p in after(ground, "in", "at")] or objects_of(verb)
    if verb.lemma_ == "run":
        objects = [o for o in objects if o.lemma_.lower() not in words.institutions]  # "runs the school"
    loosely = loosely or (verb.lemma_ == "have" and all(is_town(sentence, o) for o in objects))
    places = of_places(sentence, objects, loosely=loosely) if not own_ground or objects != own_ground else ()
    if places and not _is_subject_odd(verb):
        again = verb.lemma_ == "have" and any(c.lower_ in ("again", "back") for c in verb.children)
        came = again or (verb.lemma_ == "have" and comes_by(verb))
        yield Finding("take" if came else "hold", verb, doers_of(verb), places)


def _keep_from(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X keeps the rebels from Y": X holds Y."""
    del words
    rivals = tuple(o for o in direct_objects(verb) if is_party(sentence, o))
    places = of_places(sentence, after(verb, "from", "of"), loosely=False) if verb.lemma_ == "keep" and rivals else ()
    if places:
        yield Finding("hold", verb, doers_of(verb), places, rivals)


def _patrols(sentence: Sentence, verb: Token) -> bool:
    """“Fighters now patrol the port": a presence that nobody keeps from going about."""
    lasting = any(c.lower_ in ("still", "now", "already", "freely", "openly", "are") for c in verb.children)
    return verb.lemma_ in ("patrol", "police") and lasting and all(is_party(sentence, s) for s in subjects_of(verb))


def _says_how(verb: Token) -> bool:
    """“Kept Y safe”, "keeps Y from starving": no holding."""
    return any(c.dep_ in ("acomp", "oprd", "xcomp", "ccomp") for c in verb.children) or bool(after(verb, "from", "in"))


def _cleared(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Declared Y cleared of X”, "Y is rid of X": without anybody who did it, X has lost Y."""
    del words
    if verb.lemma_ not in ("clear", "cleanse", "purge", "free", "rid") or verb.tag_ != "VBN" or subjects_of(verb) == []:
        return
    beside = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    losers = tuple(p for p in after(verb, "of", "from") if is_party(sentence, p))
    pending = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    places = (
        of_places(sentence, beside or surface_subjects(verb), loosely=False) if not is_passive(verb) or pending else ()
    )
    if places and losers:  # "with only the port still to be cleared of X"
        yield Finding("hold" if pending else "lose", verb, losers, places, realis="ongoing" if pending else None)


def _come_back(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Rebel fighters rode back into Y”: whoever comes back into a place in force has it again."""
    if verb.lemma_ not in words.entering or "back" not in particles(verb):
        return
    comers = subjects_of(verb)
    heads = after(verb, "into", "to") if verb.lemma_ == "come" else after(verb, "into")
    places = of_places(sentence, heads, loosely=True)
    if comers and places and all(is_party(sentence, c) and not is_person(sentence, c) for c in comers):
        yield Finding("take", verb, tuple(comers), places)


def _confine(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“The rebels are confined to Y”, "were squeezed into a corner of Y": they hold that."""
    if verb.lemma_ not in words.confine or not is_passive(verb):
        return
    holders = tuple(h for h in objects_of(verb) if is_party(sentence, h))
    places = of_places(sentence, after(verb, "to", "into", "in"), loosely=False)
    if holders and places:
        yield Finding("hold", verb, holders, places, realis="ongoing")


def _is_pointed_at(noun: Token) -> bool:
    return any(c.dep_ == "poss" and c.lower_ in ("its", "their", "his") for c in noun.children)


def _contest(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """Fighting for a place, or still going on in one; that there was fighting somewhere is an event, not a state."""
    if verb.lemma_ not in words.contest:
        return
    sides = tuple(s for s in subjects_of(verb) if is_party(sentence, s))
    goals = of_places(sentence, after(verb, *TOWARDS), loosely=True)
    said_of = verb.lemma_ == "contest" and is_passive(verb)
    fought = verb.lemma_ in ("contest", "fight")
    objects = of_places(sentence, objects_of(verb), loosely=said_of) if fought else ()
    if said_of:
        between = [m for s in after(verb, "between") for m in (s, *s.conjuncts)]
        sides = sides or tuple(m for m in between if is_party(sentence, m))
    if goals or objects:
        yield Finding("contest", verb, sides, goals or objects, realis=None)
        return
    near = [t for t in (*verb.children, verb.head) if t.lemma_ != "go" or "on" in particles(t)]
    still = any(t.lower_ in STILL or t.lemma_ in STILL or t.dep_ == "expl" for t in near)
    places = of_places(sentence, after(verb, "in", "inside", "around", "at", "on"), loosely=False)
    if still and (sides or places):
        yield Finding("contest", verb, sides, places)


def _fall(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    if verb.lemma_ not in words.fall:
        return
    ends_in = {p.lemma_.lower() for p in after(verb, "into", "under", "in")}
    if ends_in & (words.hand_nouns | words.under_nouns | words.siege_nouns):
        return
    takers = parties_in(sentence, after(verb, "to"))
    before = verb.nbor(-1) if verb.i else verb
    # “after Bukavu fell to them”, with Bukavu hung on "after"
    swallowed = [before] if before.dep_ == "pobj" and verb.dep_ == "advcl" and before.pos_ == "PROPN" else []
    unopposed = not takers and bool(find_phrases(verb.sent, words.unopposed))
    subjects = resumed(verb) or surface_subjects(verb)
    places = of_places(sentence, swallowed or subjects, loosely=bool(takers) or unopposed)
    if not places and any(c.dep_ == "neg" for c in verb.children):
        # "the town had not fallen", "it had not"
        places = of_places(sentence, subjects, loosely=is_pronoun(subjects))
    ringed = [c for c in verb.children if c.dep_ == "advcl" and c.lemma_ in words.besiege and is_passive(c)]
    if not places and ringed:  # "encircled by X, Y fell"
        places = of_places(sentence, surface_subjects(verb), loosely=True)
    besieged = words.besiege | {"seal", "cut", "shut", "siege", "blockade"}
    if not places and verb.dep_ == "advcl" and verb.head.lemma_ in besieged:  # "was besieged for weeks before it fell"
        places = of_places(sentence, surface_subjects(verb), loosely=is_pronoun(surface_subjects(verb)))
    own = bool(swallowed) or any(c.dep_ in ("nsubj", "neg") for c in verb.children)
    if places and (takers or (own and not after(verb, "to"))):
        yield Finding("take", verb, takers, places, realis="happened" if _is_listed(verb) else None)


def _is_listed(verb: Token) -> bool:
    """“The first capital to fall to them”: those that have fallen are counted."""
    ordinals = ("first", "second", "third", "latest", "last", "biggest", "largest", "only")
    return verb.dep_ in ("relcl", "acl") and any(c.lower_ in ordinals for c in verb.head.children)


def _hold_out(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Bakhmut is holding out against X”: whoever defends it holds it; "troops hold out in X": they do."""
    goes_on = any(c.lower_ in STILL for c in verb.children) and verb.lemma_ == "resist"
    if verb.lemma_ not in words.hold_out or not ({"out", "against", "firm", "on"} & particles(verb) or goes_on):
        return
    subjects = [borne(s) for s in surface_subjects(verb)]
    places = of_places(sentence, subjects, loosely=False)
    against = after(verb, "against")
    rivals = parties_in(sentence, [*against, *(p for a in against for p in after(a, "by", "of"))])
    there = [c for c in verb.children if c.lower_ == "there"]
    inside = of_places(sentence, [*after(verb, "in", "inside", "at"), *there], loosely=bool(there))
    if places and rivals:
        yield Finding("hold", verb, (), places, rivals)
    elif inside and subjects and all(is_party(sentence, s) for s in subjects):
        yield Finding("hold", verb, tuple(subjects), inside)
