"""Voices: who is said to say it, outermost first, to any depth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from according.extract.arguments import coordinated, covers, is_time, phrase
from according.extract.doers import is_nobody
from according.extract.governors import governors
from according.extract.headlines import headline_voice
from according.extract.misread_speakers import (
    TELLING,
    after_a_day,
    inverted_speaker,
    speaker_behind_day,
    speaker_in_apposition,
)
from according.extract.roles import (
    QUOTING,
    agents_of,
    antecedent,
    is_passive,
    is_verb,
    said_before,
    surface_subjects,
)
from according.extract.tokens import root_of, text_of
from according.records import Span, Voice
from according.vocabulary import load_vocabulary
from according.vocabulary.charges import load_charges
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.governors import Governor
    from according.extract.parse import Sentence
    from according.extract.tokens import Token, Tokens
    from according.records import VoiceClass

NAMING = frozenset(["describe", "characterise", "characterize", "portray"])
"""Verbs that tell a deed behind "as"."""
ALONGSIDE = frozenset(
    ["into", "after", "during", "since", "before", "as", "amid", "following", "despite", "near", "throughout"]
)
"""Behind a verb of accusing or denying these say when or where somebody does so, and not what of."""
DOUBTING = frozenset(["believe", "think", "suspect", "claim"])
"""Verbs of report that say something where they are denied, too."""
UNDERGOING = frozenset(["witness", "record", "document", "count", "report"])
"""Verbs of report by which a place undergoes what people would tell."""
REPORTING_OBJECTS = frozenset(
    "claim report announce document record describe recount witness allege mention count note verify observe".split()
)
"""Verbs of report whose noun object is what they report ("documented a strike"), not only a sentence."""
OFFICES = frozenset(
    ["office", "service", "department", "bureau", "desk", "cabinet", "centre", "center", "headquarters", "wing", "arm"]
)
"""What speaks for its owner, and under a name of its own: "the governor's office", "the army's press service"."""
CONTRASTING = frozenset(["while", "whereas", "although", "though"])
ORDINALS = frozenset(["first", "second", "third", "fourth", "fifth", "latest"])
"""As in "the second reported attack in a week": parsers take what is counted for who reports."""
LONGEST_SPEAKER = 14
"""Words of a speaker at the end of a sentence; more is a clause."""
ASIDES = frozenset(["parataxis", "advcl", "ccomp", "dep"])
BESIDE = ASIDES | {"relcl", "conj"}
BELONGING = frozenset(["for", "in", "at", "from", "within", "inside", "with", "of", "near", "close"])
FROM = frozenset(["by", "from", "in", "of", "on", "with"])


def voices_of(sentence: Sentence, token: Token) -> tuple[tuple[Voice, ...], list[Token]]:
    """The voices above a word, outermost first, and the words that make them speak."""
    near = takewhile(lambda step: not (_is_parted(step) or _has_its_own_word(step)), governors(token))
    steps = [step for step in near if _is_content(step) and not (_befell(sentence, step.above) or _is_unsaid(step))]
    heads = [head for step in reversed(steps) for head in _heard_from(step.above)]
    asides = [verb for verb in _asides(token) if verb.i not in {step.above.i for step in steps}]
    heads = [*_according_to(token), *(h for verb in asides for h in _heard_from(verb)), *heads]
    if not heads:
        heads = list(_closing_speaker(token)) or _opening_speaker(token)
    voices = [*_passage_voices(sentence), *(voice_headed(sentence, head) for head in heads if not _is_impersonal(head))]
    unique = {(v.span.start, v.span.end) if v.span else None: v for v in reversed(voices)}
    whole = [v for v in reversed(unique.values()) if not any(_is_within(v, other) for other in unique.values())]
    return tuple(whole), [*(step.above for step in steps), *asides]


def _heard_from(verb: Token) -> Iterator[Token]:
    """Who speaks by a verb, and within that whom they cite: "the radio said, citing a mayor, that …"."""
    yield from _together(_speakers(verb))
    clauses = {verb.i, *(c.i for c in verb.children if c.dep_ == "ccomp")}
    citing = [t for t in verb.doc if t.lemma_ in QUOTING and t.tag_ == "VBG" and t.head.i in clauses]
    cited = [g for c in citing for g in c.children if g.dep_ in ("dobj", "pobj")]
    yield from _together([g for g in cited if g.pos_ == "PROPN" or load_wording().voice_class(text_of(phrase(g)))])


def _befell(sentence: Sentence, verb: Token) -> bool:
    """As in "Osk has witnessed several attacks", "Orlesia recorded nine deaths": a place says nothing by them."""
    if verb.lemma_ not in UNDERGOING:
        return False
    subjects = surface_subjects(verb)
    return bool(subjects) and all(sentence.place_at(t) is not None for t in subjects)


def _is_unsaid(step: Governor) -> bool:
    """As in "Police did not say who was behind the attack": they tell nothing of it."""
    verb = step.above
    told = verb.lemma_ in DOUBTING and not any(
        c.dep_ == "dobj" and c.lemma_ in load_charges().share for c in verb.children
    )
    silent = load_wording().speech_kind.get(verb.lemma_) in ("report", "confirm") and not told
    return silent and any(c.dep_ == "neg" for c in step.above.children)


def _has_its_own_word(step: Governor) -> bool:
    """As in "Residents said nine were killed, but the army denied it": two speak."""
    verb = step.below
    beside = any(c.dep_ == "mark" and c.lower_ in CONTRASTING for c in verb.children)
    if not (beside or step.relation == "coordinated") or verb.tag_ not in ("VBD", "VBZ", "VBP") or not is_verb(verb):
        return False
    own = any(c.dep_ == "nsubj" and c.i > step.above.i and c.pos_ != "PRON" for c in verb.children)
    return own and verb.lemma_ in load_wording().speech_kind and not _only_holds(verb)


def _is_within(voice: Voice, other: Voice) -> bool:
    """Whether a voice is only the end of another's name ("the Front of Osk and Hama")."""
    if voice is other or voice.span is None or other.span is None:
        return False
    return covers(other.span, voice.span)


def speakers_in(sentence: Sentence) -> Iterator[Voice]:
    """Whoever a sentence says says something, whatever that is, by more than a pronoun."""
    for verb in sentence.doc:
        if verb.lemma_ not in load_wording().speech_kind or not is_verb(verb) or _only_holds(verb):
            continue
        if any(c.dep_ == "ccomp" for c in verb.children) or verb.tag_ in ("VBD", "VBZ"):
            heads = _together(_speakers(verb))
            yield from (voice_headed(sentence, t) for t in heads if t.pos_ != "PRON" and not _is_impersonal(t))


def voice_of(span: Span) -> Voice:
    """The voice that some words name, with the class the words give it."""
    return Voice(voice_class=load_wording().voice_class(span.text) or "unnamed", span=span)


def voice_headed(sentence: Sentence, head: Token) -> Voice:
    """The voice headed by a word: the words that name it and its class."""
    head = _origin(antecedent(head))
    words = phrase(head)
    if head.lemma_.lower() in load_wording().voices.deputies:
        words += [t for c in head.children if _belongs(c) for t in c.subtree]
    words += [t for c in head.children if _is_its_name(c) for t in c.subtree]
    kept = sorted(_contiguous(words), key=lambda t: t.i)
    while len(kept) > 1 and kept[-1].is_punct:
        kept.pop()
    while len(kept) > 1 and kept[0].is_punct:
        kept.pop(0)  # "… ," Omar Sadiq said: the quotation's mark goes with the name
    opened = next((n for n, t in enumerate(kept) if t.text == "("), 0)
    if opened and not any(t.text == ")" for t in kept[opened:]):
        kept = kept[:opened]  # "an official of the Free Valley Army (FVA"
    span = _with_name(sentence, sentence.span_of(kept), head)
    return Voice(voice_class=_class_of(sentence, span, head), span=span)


def _with_name(sentence: Sentence, span: Span, head: Token) -> Span:
    """The words of a voice, the known name in them never cut ("Doctors Without Borders")."""
    name = sentence.actor_at(head)
    if name is None or name.end <= span.end or name.start < span.start:
        return span
    return sentence.span(span.start - sentence.offset, name.end - sentence.offset)


def _is_its_name(child: Token) -> bool:
    """As in "the news agency Osk Press", "the rights group Osk Watch": a name set beside without a comma."""
    before = child.doc[child.left_edge.i - 1]
    return child.dep_ == "appos" and child.tag_[:3] == "NNP" and before.i >= child.head.i and not before.is_punct


def _belongs(child: Token) -> bool:
    action = any(c.dep_ == "pcomp" for c in child.children)
    return child.dep_ == "prep" and child.lower_ in BELONGING and not action


def _contiguous(words: list[Token]) -> list[Token]:
    numbers = sorted({t.i for t in words})
    end = next((n for n, m in pairwise(numbers) if m != n + 1), numbers[-1])
    return [t for t in words if t.i <= end]


def _class_of(sentence: Sentence, span: Span, head: Token) -> VoiceClass:
    """The class its words give it, else the kind of actor that it is."""
    named = load_wording().voice_class(span.text)
    if named not in (None, "unnamed"):
        return named or "unnamed"
    mention = sentence.actor_at(head)
    actor = load_vocabulary().actors.get(mention.ids[0]) if mention else None
    return load_wording().voices.actor_kinds.get(actor.kind, "unnamed") if actor else "unnamed"


def _origin(head: Token) -> Token:
    """Whom a statement is from; a word that names no voice, when what it is from or in does, counts as one."""
    wording = load_wording()
    lemma = head.lemma_.lower()
    named = text_of([*(c for c in head.lefts if c.dep_ in ("compound", "amod")), head])
    if lemma not in wording.voices.statements and (wording.voice_class(named) or head.pos_ == "PROPN"):
        return head
    behind = FROM - {"in"} if lemma in wording.voices.bodies else FROM  # "rebel forces in Chad said"
    sources = [g for c in head.children if c.lower_ in behind for g in c.children if g.dep_ == "pobj"]
    sources += [c for c in head.children if c.dep_ == "poss" and lemma not in OFFICES]
    return next((s for s in sources if (s.pos_ == "PROPN" and not is_time(s)) or wording.voice_class(s.text)), head)


def _passage_voices(sentence: Sentence) -> Iterator[Voice]:
    """The commenter, the headline's attribution, the speaker of the quotation a passage stands in."""
    passage = sentence.passage
    if passage.block == "comment":
        yield Voice(voice_class="commenter", span=None, name=passage.author)
    named = headline_voice(passage.span.text, passage.block)
    if named:
        yield voice_of(sentence.span(*named))
    if passage.speaker:
        yield Voice(voice_class=_class_of_speaker(sentence, passage.speaker), span=passage.speaker)


def _class_of_speaker(sentence: Sentence, span: Span) -> VoiceClass:
    tokens = sentence.tokens_in(span)
    if tokens:
        return _class_of(sentence, span, tokens[-1])
    return load_wording().voice_class(span.text) or "unnamed"


def _speakers(verb: Token) -> list[Token]:
    """The heads of who speaks by a verb."""
    if is_passive(verb):
        return agents_of(verb)
    given = _givers(verb)
    found = (
        given
        or inverted_speaker(verb)
        or speaker_behind_day(verb)
        or list(speaker_in_apposition(verb))
        or [who for head in surface_subjects(verb) for who in after_a_day(head)]
    )
    return [head for head in found if not _is_part_of_number(head)] or found


def _givers(verb: Token) -> list[Token]:
    """As in "Officials gave figures saying that nine were killed": who gives them says it."""
    given = verb.head if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBG" else None
    if given is None or given.dep_ != "dobj" or given.lemma_.lower() not in load_wording().voices.statements:
        return []
    return surface_subjects(given.head)


def _closing_speaker(token: Token) -> Iterator[Token]:
    """As in "A strike killed nine, doctors said.": parsers often take what is said for part of the last clause."""
    verb = next((t for t in reversed(token.doc) if is_verb(t) and t.tag_ != "VBG" and not _answers(t)), None)
    if (
        verb is None
        or load_wording().speech_kind.get(verb.lemma_) != "report"
        or verb.tag_ not in ("VBD", "VBZ", "VBP")
    ):
        return
    end = verb.i
    if end and token.doc[end - 1].lower_ == ",":
        end = _comma_before(token.doc, end - 1)
    first = _comma_before(token.doc, end) + 1
    words = token.doc[first:end]
    if first <= token.i or not 0 < len(words) <= LONGEST_SPEAKER or any(t.tag_[:2] in ("VB", "MD") for t in words):
        return
    head = root_of(words)
    if head.pos_ in ("NOUN", "PROPN", "PRON") and not _is_impersonal(head):
        yield from _together([head])


def _answers(verb: Token) -> bool:
    """As in "…, the mayor said, which the army denied": what trails behind is another's word."""
    denying = load_wording().speech_kind.get(verb.lemma_) == "deny"
    return denying and verb.dep_ == "relcl" and any(c.lower_ == "which" and c.dep_ == "dobj" for c in verb.children)


def _opening_speaker(token: Token) -> list[Token]:
    """In "The agency said a strike on a school killed nine" parsers take the strike for a thing that is said."""
    verb = root_of(token.sent)
    if verb.lemma_ != "say" or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i >= token.i:
        return []
    misread = any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children)
    parted = any(t.text in (",", ";", ":") or t.dep_ == "cc" for t in token.doc[verb.i : token.i])
    return _speakers(verb)[:1] if misread and not parted and not any(c.dep_ == "neg" for c in verb.children) else []


def _comma_before(doc: Tokens, end: int) -> int:
    return next((t.i for t in reversed(doc[:end]) if t.lower_ == ","), -1)


def _together(heads: list[Token]) -> list[Token]:
    """The first of some speakers and those who say it with it ("the mayor and the police chief said")."""
    return [member for head in heads[:1] for member in coordinated(head)]


def _is_impersonal(head: Token) -> bool:
    """As in "It was reported", "there are reports", "parts of the town": nobody who can speak is named."""
    if (
        head.lemma_.lower() in load_wording().voices.mute
        or is_time(head)
        or is_nobody(head)
        or head.lower_ in ORDINALS
        or _is_part_of_number(head)
        or _is_weapon(head)
    ):
        return True
    if head.lower_ == "it" and head.dep_ == "nsubj" and head.head.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
        return not any(c.dep_ == "ccomp" for c in head.head.children) or is_passive(head.head)
    return head.lower_ in ("it", "there", "this", "that", "which", "what") and head.pos_ != "NOUN"


def _is_weapon(head: Token) -> bool:
    """As in "when unknown warplanes hit it, and later named …": what flies or is fired says nothing."""
    flying = load_wording().modality.instruments
    return any(head.lemma_.lower() in flying[kind] for kind in ("airstrike", "drone_strike", "shell"))


def _is_part_of_number(head: Token) -> bool:
    """As in "two of them children": an aside that counts some of the victims, never who speaks."""
    counts = [c for c in head.lefts if c.pos_ == "NUM" or c.lower_ in ("most", "many", "some", "half", "one")]
    return any(g.lower_ == "them" for c in counts for of in c.children if of.lower_ == "of" for g in of.children)


def _is_content(step: Governor) -> bool:
    """Whether what lies below a verb is what is said, not who says it or when."""
    kind = load_wording().speech_kind.get(step.above.lemma_)
    if kind is None or not is_verb(step.above) or _is_parted(step) or _only_holds(step.above):
        return _is_what_is_called(step)
    if step.below.dep_ in ("ccomp", "parataxis") or (kind == "report" and _is_said_before(step)):
        return not _is_aside(step.below)
    if step.below.dep_ == "xcomp":
        return kind != "report" or not is_passive(step.above)
    if kind in ("deny", "admit", "confirm", "accuse"):
        told = (
            step.below.dep_ in ("dobj", "nsubjpass", "agent")
            or _is_done(step)
            or (kind == "accuse" and _is_charge(step))
        )
        return told or (step.below.dep_ == "prep" and step.below.lower_ not in ALONGSIDE)
    if step.below.lower_ == "as":
        return step.above.lemma_ in NAMING | QUOTING
    told_of = step.above.lemma_ == "tell" and (step.below.lower_ in ("of", "about") or _is_told_somebody(step))
    return told_of or (step.below.dep_ in ("dobj", "nsubjpass") and step.above.lemma_ in REPORTING_OBJECTS)


def _is_done(step: Governor) -> bool:
    """As in "Acknowledged mistakenly bombing it": behind an adverb parsers take what is owned to for a circumstance."""
    deed = step.below.dep_ == "advcl" and step.below.tag_ == "VBG" and step.below.i > step.above.i
    return deed and not any(t.text == "," for t in step.above.doc[step.above.i : step.below.i])


def _is_what_is_called(step: Governor) -> bool:
    """As in "Condemned what Orlesia called rebel shelling": whose word for it that is."""
    what = any(c.lower_ == "what" and c.dep_ == "dobj" for c in step.above.children)
    return what and step.below.dep_ == "oprd" and step.above.lemma_ in load_charges().calling


def _is_charge(step: Governor) -> bool:
    """As in "Holds the army responsible", "accused the army of shelling the market, killing nine"."""
    harm = step.below.dep_ == "advcl" and step.below.tag_ == "VBG" and step.below.i > step.above.i
    return harm or step.below.lower_ in load_charges().accountable


def _is_told_somebody(step: Governor) -> bool:
    """In "He told reporters a drone hit X" parsers take the drone for a second thing told."""
    return step.below.dep_ == "dobj" and any(
        c.dep_ in ("dobj", "dative") and c.i < step.below.i for c in step.above.children
    )


def _is_said_before(step: Governor) -> bool:
    """In "After a fight troops took Y, he announced", "Y fell, he said, killing two" it is read as a circumstance."""
    said, above = step.below, step.above
    if said.dep_ == "advcl" and said_before(said) is not None:
        return True
    if said.dep_ != "advcl" or said.i > above.i or said.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    whole = any(c.dep_ in ("nsubj", "nsubjpass") for c in said.children)
    marked = any(c.dep_ == "mark" or c.tag_ == "WRB" for c in said.children)
    own = any(c.dep_ in ("ccomp", "xcomp", "dobj", "attr", "acomp") for c in above.children)
    return whole and not marked and not own and any(c.dep_ == "nsubj" and c.i > said.i for c in above.children)


def _only_holds(verb: Token) -> bool:
    """As in "Now hold every town": only who holds somebody responsible says something."""
    return verb.lemma_ == "hold" and not any(t.lower_ in load_charges().accountable for t in verb.subtree)


def _is_parted(step: Governor) -> bool:
    """Whether a semicolon stands between: "X counted two; Y counted three" is said by two."""
    first, last = sorted((step.below.i, step.above.i))
    return any(t.text == ";" for t in step.above.doc[first:last])


def _asides(token: Token) -> Iterator[Token]:
    """Speech verbs beside the clause of a word: "rebels, residents said, …", "as the mayor put it"."""
    above = {token.i, *(t.i for t in token.ancestors)}
    for verb in token.sent:
        if verb.dep_ in BESIDE and verb.i not in above and _stands_beside(verb, above):
            between = token.doc[min(token.i, verb.i) : max(token.i, verb.i)]
            if not any(t.text == ";" for t in between):
                yield verb


def _stands_beside(verb: Token, above: set[int]) -> bool:
    """Whether a verb tells who says what the words ``above`` say."""
    if verb.dep_ == "advcl":
        return verb.head.i in above and (bool(speaker_behind_day(verb)) or _is_aside(verb))
    if verb.dep_ == "relcl":
        return any(t.i in above for t in verb.ancestors) and _is_bracketed(verb) and _is_aside(verb)
    if verb.dep_ == "conj":
        told = inverted_speaker(verb) or list(speaker_in_apposition(verb)) or _closes(verb)
        return verb.head.i in above and bool(told)
    return verb.dep_ in ASIDES and verb.head.i in above and _is_aside(verb)


def _closes(verb: Token) -> bool:
    """As in "It killed nine people, a nurse told AFP on Friday": parsers take it for a second thing that was done."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    if load_wording().speech_kind.get(verb.lemma_) != "report" or not subjects:
        return False
    opens = subjects[0].left_edge.i
    behind_comma = opens > verb.head.i and verb.doc[opens - 1].text == "," and not is_passive(verb)
    return (
        behind_comma and not any(c.dep_ == "cc" and c.i > verb.head.i for c in verb.head.children) and _is_aside(verb)
    )


def _is_bracketed(verb: Token) -> bool:
    """As in "Things there, he insisted, were calm": parsers take it for a relative clause."""
    if verb.i + 1 >= len(verb.doc) or verb.nbor().text != ",":
        return False
    first = next(iter(verb.subtree))
    return first.tag_ not in ("WDT", "WP", "WRB", "WP$") and any(c.dep_ == "nsubj" for c in verb.children)


def _is_aside(verb: Token) -> bool:
    """Whether a speech verb has a speaker but nothing of its own to say."""
    known = verb.lemma_ in load_wording().speech_kind and not _only_holds(verb)
    deps = {c.dep_ for c in verb.children if not any(t.text == ";" for t in verb.doc[verb.i : c.i])}
    if verb.dep_ == "advcl" and not any(c.lower_ == "as" for c in verb.children):
        return False
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ not in ("it", "reporters", "journalists")]
    objects = [] if verb.lemma_ in TELLING else objects
    return known and not objects and not deps & {"ccomp", "xcomp"} and bool(_speakers(verb))


def _closes_over(according: Token, above: set[int]) -> bool:
    """As in "Nine were killed and six hurt, according to medics": behind a comma it closes all that is joined."""
    joined = [according.head]
    while according.i and according.nbor(-1).text == "," and joined[-1].dep_ == "conj":
        joined.append(joined[-1].head)
    return any(head.i in above for head in joined)


def _according_to(token: Token) -> Iterator[Token]:
    """Heads of "according to X" anywhere above or beside the word; of several sources that of its own figure."""
    above = {token.i, *(t.i for t in token.ancestors)}
    words = [t for t in token.sent if t.lower_ == "according" and (t.i < token.i or _closes_over(t, above))]
    words = [t for t in words if not any(c.text == ";" for c in token.doc[min(t.i, token.i) : max(t.i, token.i)])]
    behind = [t for t in words if t.i >= token.i]
    for word in behind[:1] if len(words) > 1 and behind else words:
        named = [g for c in word.children if c.lower_ == "to" for g in c.children if g.dep_ == "pobj"]
        yield from (member for head in named for member in coordinated(head))
