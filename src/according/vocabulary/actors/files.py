"""Reads the registry's YAML files, derives what follows from a state's name, and checks the whole."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import yaml

from according.errors import BrokenAssumptionError
from according.vocabulary.actors.entry import Actor, ActorData, ActorWords

_HERE = Path(__file__).parent
_FORMAT = "actors-3"
_PARTS = {
    "government": ("government", "{} government", "state"),
    "armed-forces": ("armed_forces", "{} armed forces", "state"),
    "air-force": ("armed_forces", "{} Air Force", "armed-forces"),
    "police": ("police", "{} police", "government"),
    "security-forces": ("police", "{} security forces", "government"),
}
_BARE = {
    "government": ("government", "authorities", "officials"),
    "armed-forces": ("army", "military", "armed forces", "troops", "soldiers"),
    "air-force": ("air force",),
    "police": ("police",),
    "security-forces": ("security forces",),
}
_LISTS = ("aliases", "acronyms", "bare", "countries", "seats")


def load_actor_data(cache_dir: Path) -> ActorData:
    """The registry's data: from the compiled cache when it was made of these very files, else from the YAML."""
    files = [*sorted(_HERE.glob("*.yaml")), _HERE.parent / "actor_words.yaml"]
    contents = [file.read_bytes() for file in files]
    digest = hashlib.sha256(b"\0".join([_FORMAT.encode(), *contents])).hexdigest()[:20]
    compiled = cache_dir / f"actors-{digest}.msgpack"
    try:
        return msgspec.msgpack.decode(compiled.read_bytes(), type=ActorData)
    except (OSError, msgspec.DecodeError):
        data = read_actor_files()
        _write_atomically(compiled, msgspec.msgpack.encode(data))
        return data


def read_actor_files(folder: Path = _HERE) -> ActorData:
    """Read and validate all YAML files of the registry, without the cache."""
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != "states", path.stem)):
        _add_file(entries, _parse(file.read_bytes()), file.stem)
    actors = [_actor(actor_id, entry) for actor_id, entry in entries.items()]
    actors = _with_leaders(actors)
    check_actors(actors)
    words = msgspec.convert(_parse((_HERE.parent / "actor_words.yaml").read_bytes()), ActorWords)
    return ActorData(actors, words)


def _parse(content: bytes) -> Any:
    return yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader


def _add_file(entries: dict[str, dict[str, Any]], content: dict[str, Any], stem: str) -> None:
    for code, row in content.get("states", {}).items():
        for slug, entry in _state_entries(code, row, content).items():
            entries[f"actor:{code}/{slug}"] = entry
    for region, members in content.get("actors", {}).items():
        for slug, entry in members.items():
            _add_entry(entries, region, slug, entry)
    for region, members in content.get("people", {}).items():
        for slug, entry in members.items():
            _add_entry(entries, region, slug, {"kind": "person", **entry})
    unknown = set(content) - {"states", "also", "seats", "peoples", "actors", "people"}
    if unknown:
        raise BrokenAssumptionError(f"actors/{stem}.yaml: unknown sections {sorted(unknown)}")


def _state_entries(code: str, row: list[Any], content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    name, demonym, seat = row
    demonyms = [demonym] if isinstance(demonym, str) else list(demonym or ())
    state = {
        "name": name,
        "kind": "state",
        "country": code,
        "aliases": content["also"].get(code, []),
        "demonyms": demonyms,
        "seats": [*([seat] if seat else []), *content["seats"].get(code, [])],
        "peoples": [*_peoples(demonyms), *content["peoples"].get(code, [])],
    }
    parts = {
        slug: {
            "name": pattern.format(demonyms[0] if demonyms else name),
            "kind": kind,
            "country": code,
            "parent": f"actor:{code}/{parent}",
            "bare": list(_BARE[slug]),
        }
        for slug, (kind, pattern, parent) in _PARTS.items()
    }
    return {"state": state, **parts}


def _peoples(demonyms: list[str]) -> list[str]:
    return [f"{word}s" for word in demonyms if word.endswith(("n", "i", "t", "r"))]


def _add_entry(entries: dict[str, dict[str, Any]], region: str, slug: str, entry: dict[str, Any]) -> None:
    actor_id = f"actor:{region}/{slug}"
    entry = dict(entry)
    for relation in ("leads", "speaks_for", "parent"):
        if entry.get(relation):
            entry[relation] = _reference(entry[relation], region)
    if actor_id not in entries:
        country = region if len(region) == 2 else None
        entries[actor_id] = {"country": country, **entry}
        return
    known = entries[actor_id]
    if known["kind"] not in {"state", "government", "armed_forces", "police"} or "kind" in entry:
        raise BrokenAssumptionError(f"the registry has two entries for {actor_id}")
    for key, value in entry.items():
        known[key] = [*known.get(key, ()), *value] if key in _LISTS else value


def _reference(reference: str, region: str) -> str:
    return f"actor:{reference}" if "/" in reference else f"actor:{region}/{reference}"


def _actor(actor_id: str, entry: dict[str, Any]) -> Actor:
    country = entry.get("country")
    countries = dict.fromkeys([*([country] if country else []), *entry.get("countries", ())])
    native = entry.pop("native", ())
    merged = {**entry, "countries": list(countries), "aliases": [*entry.get("aliases", ()), *native], "id": actor_id}
    try:
        return msgspec.convert(merged, Actor)
    except msgspec.ValidationError as error:
        raise BrokenAssumptionError(f"{actor_id}: {error}") from error


def _with_leaders(actors: list[Actor]) -> list[Actor]:
    """Give every group the leader its people's ``leads`` name: the one still leading, else the last listed."""
    leaders: dict[str, Actor] = {}
    for person in actors:
        if person.leads and (person.leads not in leaders or person.until is None):
            leaders[person.leads] = person
    return [
        msgspec.structs.replace(actor, leader=leaders[actor.id].id) if actor.id in leaders else actor
        for actor in actors
    ]


def check_actors(actors: list[Actor]) -> None:
    """Check references, and that two actors share a name only where country or years can tell them apart."""
    known = {actor.id: actor for actor in actors}
    for actor in actors:
        for reference in (actor.parent, actor.leader, actor.leads, actor.speaks_for):
            if reference is not None and reference not in known:
                raise BrokenAssumptionError(f"{actor.id} refers to {reference}, which the registry lacks")
    claims: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for name in {actor.name, *actor.aliases, *actor.acronyms}:
            claims[name].append(actor)
    for name, claimants in claims.items():
        for index, left in enumerate(claimants):
            for right in claimants[index + 1 :]:
                if not told_apart(left, right):
                    raise BrokenAssumptionError(f"{left.id} and {right.id} both claim the name {name!r}")


def told_apart(left: Actor, right: Actor) -> bool:
    """Whether country or years can tell two actors of one name apart."""
    if not set(left.countries) & set(right.countries) and (left.countries or right.countries):
        return True
    if left.until is not None and right.since is not None and left.until <= right.since:
        return True
    return right.until is not None and left.since is not None and right.until <= left.since


def _write_atomically(path: Path, content: bytes) -> None:
    """Keep the compiled registry; a cache that cannot be written only costs time at the next start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError:
        return
