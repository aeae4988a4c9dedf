"""What a sentence on control says by the way: relative clauses and times that are the writer's own background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_realis import SPANS
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.clauses import Clause
    from according.extract.control_finding import Finding
    from according.extract.tokens import Token


def is_aside(finding: Finding) -> bool:
    """“…, which X holds": what a relative clause behind a comma adds is the writer's own."""
    verb = finding.trigger
    if dates(verb):
        return True
    earlier = any(c.lower_ == "had" for c in verb.children)
    if verb.dep_ != "relcl" or not (finding.predicate in {"hold", "besiege"} or earlier):
        return False
    told = any(c.dep_ == "mark" for c in verb.children)  # "said in a recording that X had lost Y"
    if earlier and not told and finding.predicate in {"take", "withdraw", "lose"}:
        return True  # "the villages that X had overrun"
    first = next(iter(verb.subtree))
    if verb.head.dep_ == "appos":
        return True  # "Y, the last town that X holds"
    return first.tag_ in ("WDT", "WP", "WRB", "IN") and first.i > 0 and first.nbor(-1).text == ","


def began(clause: Clause) -> bool:
    """Whether the time of a clause says since or until when, rather than when something else happened."""
    words = clause.time.text.casefold() if clause.time else ""
    return words.startswith(("since", "from", "until", "till", "between", "for ", "after"))


def denies_something_else(trigger: Token) -> bool:
    """Whether the only denial above a word stands behind a semicolon ("X is taken, says A; B denies it")."""
    deniers = [a for a in trigger.ancestors if a.lemma_ in load_control_words().denying_verbs]
    own = any(c.dep_ == "neg" for c in trigger.children)
    if any(c.lower_ in ("nothing", "little") and c.dep_ == "dobj" for c in trigger.children):
        return True  # "have nothing left but Y"
    return (
        bool(deniers)
        and not own
        and all(
            any(t.text in (";", ":") for t in trigger.doc[min(trigger.i, d.i) : max(trigger.i, d.i)]) for d in deniers
        )
    )


def dates(verb: Token) -> bool:
    """“Three weeks after X had taken Y": the clause says when something else was, and is not what is claimed."""
    if verb.dep_ != "advcl" or not any(c.lower_ in ("after", "before", "since") for c in verb.children):
        return False
    return any(c.dep_ == "npadvmod" and (is_time(c) or c.lemma_.lower() in SPANS) for c in verb.children)
