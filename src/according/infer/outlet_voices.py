"""Which outlet some words for a voice name, and which voices are one because they speak for one side."""

from __future__ import annotations

from functools import cache

from according.infer.kin import is_kin
from according.records import VoiceClass
from according.vocabulary import load_vocabulary
from according.vocabulary.outlets import load_outlets

_NEVER: frozenset[VoiceClass] = frozenset({"military", "medical", "commenter"})
"""Classes of voices that are no outlet, whatever letters stand in their names."""


def outlet_named(words: str, voice_class: VoiceClass, actor: str | None, country: str | None) -> str | None:
    """The outlet that some words for a voice name: "AFP", "the TASS news agency", "an AFP correspondent".

    ``actor`` is whom the words resolve to and ``country`` where it happened. Letters that are an actor's too ("AFP",
    the armed forces of the Philippines) are the actor's in its own country. Whoever is not of the media by the words is
    an outlet only where these are its name: analysts of the MENA region are none.
    """
    known = load_vocabulary().actors.get(actor) if actor else None
    if known is not None and known.kind == "media":
        return load_outlets().named(known.name)
    found = load_outlets().within(words, whole=voice_class != "media")
    if found is None or voice_class in _NEVER:
        return None
    outlet, written = found
    is_its_own = known is not None and written.isupper() and country in known.countries
    return None if is_its_own else outlet


@cache
def is_one_voice(one: str, other: str, actor: str | None, other_actor: str | None) -> bool:
    """Whether two voices are one: under one name, for one actor, or one an outlet that speaks for the other's side.

    ``actor`` and ``other_actor`` are whom they speak for by what is said of them.
    """
    if one == other or (actor is not None and actor == other_actor):
        return True
    owners = load_outlets().owner(one), load_outlets().owner(other)
    return any(owners) and is_kin(owners[0] or actor, owners[1] or other_actor)


def told_for(voice: str) -> str:
    """Whose word a voice is: the side that an outlet speaks for, else its own."""
    return load_outlets().owner(voice) or voice
