"""Realis: in what way something is said to be, read off the verbs and nouns above a word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from according.extract.governors import governors, is_infinitive, predicate_chain
from according.extract.roles import is_verb
from according.extract.wordlists import find_phrases
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.governors import Governor
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Realis

    Found = tuple[Realis, list[Token]] | None

FUTURE = frozenset(["will", "shall", "'ll", "’ll", "wo"])
DOUBT = frozenset(["would", "should", "could", "can", "ca", "might", "may", "must", "'d", "’d"])
COULD = frozenset(["could", "can", "ca"])
ASKING = frozenset(["ask", "question", "wonder", "examine", "probe", "investigate", "study", "consider", "discuss"])
"""Verbs behind which "whether" opens what nobody has said."""
DIRECTED = frozenset(["aim", "mean", "intend", "design"])
"""As in "The attack was aimed at a market", "the drone was meant for him": what has a target or an end, and was."""


def realis_of(sentence: Sentence, token: Token) -> tuple[Realis, list[Token]]:
    """In what way it is said to be: the strongest departure from "it happened" on the way up, with its cue words."""
    chain = predicate_chain(token)
    found = _failed(token, chain) or _attempted(token, chain) or _hypothetical(chain) or _planned(token, chain)
    return found or _aspect(sentence, token, chain)


def could_not(verb: Token) -> list[Token]:
    """The words of "could not take" and the like: an attempt that failed, not a denial."""
    modal = [c for c in verb.children if c.dep_ == "aux" and c.lower_ in COULD]
    negation = [c for c in verb.children if c.dep_ == "neg"]
    return [*modal, *negation] if modal and negation else []


def _failed(token: Token, chain: list[Token]) -> Found:
    words = load_wording().modality
    for above in chain[1:]:
        if above.lemma_ in words.failed and not _negated(above):
            return "failed", [above]
    averted = _averted(token)
    if averted:
        return "failed", averted
    for verb in chain:
        if is_verb(verb) and could_not(verb):
            return "failed", could_not(verb)
    vain = [hit for t in chain if is_verb(t) for hit in find_phrases(t.sent, words.in_vain)]
    return ("failed", list(vain[0])) if vain and len(chain) > 1 else None


def _averted(token: Token) -> list[Token]:
    """As in "Repelled an attack", "kept the rebels from taking the bridge", "stopped short of storming"."""
    words, head = load_wording().modality, token.head
    if not is_verb(token) and token.dep_ in ("dobj", "nsubjpass") and head.lemma_ in words.averted:
        return [head]
    if token.dep_ != "pcomp":
        return []
    if head.lower_ == "from" and head.head.lemma_ in words.averted | {"keep"}:
        return [] if is_in_vain(head.head) else [head.head]
    return [head.head] if head.lower_ == "of" and head.head.lower_ == "short" else []


def is_in_vain(stopping: Token) -> bool:
    """As in "Was unable to stop them from taking Osk", "could not keep them from it": they did it."""
    words = load_wording().modality
    above = [t for t in (stopping.head, stopping.head.head) if t.lemma_ in words.failed]
    return bool(above) or bool(could_not(stopping)) or _negated(stopping)


def _attempted(token: Token, chain: list[Token]) -> Found:
    words = load_wording().modality
    for above in [*chain[1:], *_purpose_nouns(token)]:
        if above.lemma_ in words.attempted or above.lemma_ in words.attempt_nouns:
            return "attempted", [above]
    return None


def _purpose_nouns(token: Token) -> Iterator[Token]:
    """As in "Launched an offensive to recapture the town": the noun may hang beside the infinitive, not above it."""
    if token.dep_ in ("advcl", "xcomp", "acl") and is_infinitive(token) and is_verb(token.head):
        yield from (c for c in token.head.children if c.dep_ == "dobj")


def _hypothetical(chain: list[Token]) -> Found:
    words = load_wording().modality
    for t in chain:
        marks = [c for c in t.children if c.dep_ == "mark" and c.lower_ in words.conditional]
        modal = [c for c in t.children if c.dep_ == "aux" and c.lower_ in DOUBT]
        if _asks_whether(t, marks):
            continue
        if marks or (modal and not any(c.lower_ == "have" for c in t.children)):
            return "hypothetical", marks or modal
    return None


def _asks_whether(verb: Token, marks: list[Token]) -> bool:
    """As in "It is not clear whether …" doubts what may have happened; it sets no condition."""
    return bool(marks) and verb.dep_ == "ccomp" and verb.head.lemma_ not in ASKING


def _planned(token: Token, chain: list[Token]) -> Found:
    words = load_wording().modality
    for t in chain:
        future = [c for c in t.children if c.dep_ == "aux" and c.lower_ in FUTURE]
        if future:
            return "planned", future
    plans = words.planned | words.plan_nouns
    for step in takewhile(_is_wanted_itself, governors(token)):
        above = step.above
        if step.relation != "complement" and not _is_for(step) and not _is_warned_of(step):
            continue
        ahead = is_infinitive(step.below) and not _is_perfect(step.below)
        if above.lemma_ in plans and (ahead or _is_for(step) or _is_warned_of(step) or _is_planned_noun(step)):
            return "planned", [above]
    return _purpose(token)


def _is_warned_of(step: Governor) -> bool:
    """As in "Warned of more attacks", "of an attack on Osk": what is warned of is not yet done; "the attack" is."""
    warned = step.below.lower_ == "of" and step.above.lemma_ == "warn" and is_verb(step.above)
    return warned and not any(c.lower_ == "the" for g in step.below.children for c in g.lefts)


def _is_wanted_itself(step: Governor) -> bool:
    """Whether a plan above is still one for what lies below: "answers on", "an inquiry into" a deed plan no deed."""
    if step.relation == "relative":
        return False
    preposition = step.below if step.below.dep_ == "prep" else step.above if step.below.dep_ == "pobj" else None
    if preposition is None or preposition.dep_ != "prep" or is_verb(preposition.head):
        return True
    words = load_wording().modality
    through = words.plan_nouns | words.attempt_nouns
    if preposition.lower_ == "of":
        through |= words.transparent_nouns
    return preposition.lower_ in ("of", "for", "to") and preposition.head.lemma_ in through


def _is_perfect(verb: Token) -> bool:
    """As in "Is feared to have been killed": what lies behind cannot be planned."""
    return any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)


def _is_for(step: Governor) -> bool:
    """As in "Preparing for an attack", "called for an attack"."""
    return step.below.dep_ == "prep" and step.below.lower_ == "for"


def _is_planned_noun(step: Governor) -> bool:
    """As in "Plan an attack", "an attack was planned": the noun itself is what is planned."""
    light = load_wording().modality.light_verbs
    if step.below.dep_ == "nsubjpass" and step.above.lemma_ in DIRECTED:
        return False
    if step.above.lemma_ == "set" and any(c.lower_ == "off" for c in step.above.children):
        return False
    return (
        not is_verb(step.below)
        and step.below.dep_ in ("dobj", "nsubjpass")
        and step.above.lemma_ not in light - {"plan", "order", "threaten"}
        and not any(c.dep_ == "oprd" for c in step.above.children)  # "called the attack a crime"
    )


def _purpose(token: Token) -> Found:
    """An infinitive of purpose, or one that a headline puts for the future ("Army to storm camp")."""
    if not is_verb(token) or not is_infinitive(token) or _is_perfect(token):
        return None
    headline = token.dep_ in ("acl", "relcl") and token.head.dep_ == "ROOT"
    if goes_on(token.head):
        return None
    if token.dep_ in ("advcl", "ROOT") or headline:
        return "planned", [c for c in token.children if c.lower_ == "to"]
    return None


def goes_on(verb: Token) -> bool:
    """As in "They went on to take X": they did take it."""
    return verb.lemma_ == "go" and verb.tag_ in ("VBD", "VBN") and any(c.lower_ == "on" for c in verb.children)


def _negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _aspect(sentence: Sentence, token: Token, chain: list[Token]) -> tuple[Realis, list[Token]]:
    """Habitual, ongoing or happened, by adverbs and tense."""
    words = load_wording().modality
    verb = next((t for t in reversed(chain) if is_verb(t)), None)
    if verb is None:
        over_years = find_phrases(token.sent, words.over_years) if token.tag_ == "NNS" else []
        over_years = over_years or [
            token.doc[c.i : c.i + 1] for c in token.lefts if c.lower_ == "such" and _many(token)
        ]
        return ("habitual", list(over_years[0])) if over_years else ("happened", [])
    lists = (words.habitual,) if verb.lemma_ in words.punctual else (words.habitual, words.over_years)
    often = [hit for phrases in lists for hit in find_phrases(verb.sent, phrases) if _bears_on(hit[0], verb)]
    if often:
        return "habitual", list(often[0])
    if _is_called(token, verb) or any(t.lemma_ in words.ended for t in chain[1:]):
        return "happened", []
    if _is_custom(token) or _is_what_they_do(verb):
        return "habitual", [c for c in token.children if c.dep_ in ("aux", "neg")]
    headline = sentence.passage.block == "headline" or verb.lemma_ in words.punctual
    progressive = [t for t in chain if is_verb(t) and _is_progressive(t)]
    if (_is_present(verb) and not headline and not _is_perfect(token)) or progressive:
        return "ongoing", [t for t in progressive if t.i != token.i]
    return "happened", []


def _many(noun: Token) -> bool:
    return noun.tag_ == "NNS"


def _bears_on(cue: Token, verb: Token) -> bool:
    """Whether an adverb below a verb is about it; parsers hang late ones wrongly, so only clauses part them."""
    for word in [cue, *cue.ancestors]:
        if word.i == verb.i:
            return True
        if word.dep_ in ("ccomp", "conj", "parataxis", "relcl") or _has_a_subject_of_its_own(word):
            return False
    return False


def _has_a_subject_of_its_own(word: Token) -> bool:
    """As in "… killed nine when soldiers, who often search the houses there, came": an adverbial that is a clause."""
    return word.dep_ == "advcl" and any(c.dep_ in ("nsubj", "nsubjpass") for c in word.children)


def _is_called(noun: Token, verb: Token) -> bool:
    """As in "It is the third bombing in five months": what is said of a deed now that was done before."""
    deed = noun.dep_ == "attr" and noun.lemma_.lower() in load_wording().modality.inanimate
    return deed and verb.lemma_ == "be" and not any(c.dep_ == "expl" for c in verb.children)


def _is_what_they_do(verb: Token) -> bool:
    """As in "The relatives of the people they kidnap": no headline's present."""
    return verb.dep_ == "relcl" and verb.tag_ == "VBP" and verb.lemma_ in load_wording().modality.punctual


def _is_custom(verb: Token) -> bool:
    """As in "Orlesia does not bomb civilians", "it never targets homes": what somebody does in general."""
    deps = {c.dep_: c for c in verb.children}
    present = verb.tag_ in ("VBZ", "VBP") or ("aux" in deps and deps["aux"].lower_ in ("do", "does"))
    return is_verb(verb) and "neg" in deps and present


def _is_progressive(verb: Token) -> bool:
    """As in "Are shelling", "have been shelling", "was shelling"; a bare participle is not."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)


def _is_present(verb: Token) -> bool:
    """Simple present or present passive ("is besieged", "besieges"): a state of affairs, or a habit."""
    if verb.tag_ in ("VBZ", "VBP"):
        return not any(c.dep_ == "aux" and c.tag_ in ("VBD", "MD") for c in verb.children)
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return bool(helpers) and all(c.tag_ in ("VBZ", "VBP") and c.lemma_ == "be" for c in helpers)
