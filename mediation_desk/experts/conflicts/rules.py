"""``rules/conflicts.toml``: what follows from each relation, and the word lists of the conflict engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.experts.conflicts.model import Effect, Part, Relation
from mediation_desk.experts.model import RecusalGround
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

_SENTENCE_WORDS = dict.fromkeys(("mediator", "person", "matched", "detail", "case"), "")
_TOLD_WORDS = {"role": ""}
_BAR_WORDS = dict.fromkeys(("person", "matched", "since", "part"), "")


@record
class Ruling:
    """What follows from a relation for one part and one track."""

    effect: Effect
    ground: RecusalGround
    basis: str


@record
class Proviso:
    """Where something else follows; empty conditions fit everything, None leaves as it is."""

    parts: tuple[Part, ...]
    tracks: tuple[Track, ...]
    effect: Effect | None
    ground: RecusalGround | None
    basis: str

    def fits(self, part: Part, track: Track) -> bool:
        """Whether it speaks of this part and track."""
        return (not self.parts or part in self.parts) and (not self.tracks or track in self.tracks)


@record
class RelationRule:
    """One relation of the file, with its sentences."""

    relation: Relation
    effect: Effect
    ground: RecusalGround
    basis: str
    sentence: str
    told: str
    provisos: tuple[Proviso, ...]


@record
class BarRule:
    """Who may not act later in the same case, and why (特邀调解规定 art. 16)."""

    parts: frozenset[Part]
    basis: str
    sentence: str


@record
class ConflictRules:
    """The whole file; ``order`` of the relations is their order in the file."""

    version: str
    relations: Mapping[Relation, RelationRule]
    grounds: Mapping[tuple[Track, RecusalGround], str]
    near_kin: frozenset[str]
    compound_surnames: frozenset[str]
    branch_words: tuple[str, ...]
    employer_words: tuple[str, ...]
    shortest_address: int
    vague_addresses: tuple[str, ...]
    bar: BarRule

    def ruling(self, relation: Relation, part: Part, track: Track) -> Ruling:
        """Effect, ground and basis of a relation; the first proviso that fits goes before the rule."""
        rule = self.relations[relation]
        special = next((one for one in rule.provisos if one.fits(part, track)), None)
        effect, ground, basis = rule.effect, rule.ground, rule.basis
        if special is not None:
            effect, ground = special.effect or effect, special.ground or ground
            basis = special.basis or basis
        return Ruling(effect=effect, ground=ground, basis=basis or self.grounds[track, ground])


def conflict_rules() -> ConflictRules:
    """The rules in force. Raises ``InputError`` naming the file when something is missing or not known."""
    return built("conflicts", _rules)


def _rules(data: Mapping[str, Any]) -> ConflictRules:
    relations = [_relation(entry) for entry in data["relation"]]
    by_relation = {rule.relation: rule for rule in relations}
    if len(relations) != len(by_relation) or by_relation.keys() != set(Relation):
        raise ValueError("every relation must stand in the file, and once")
    words = data["words"]
    return ConflictRules(
        version=data["version"],
        relations=by_relation,
        grounds={
            (track, ground): str(data["basis"][track][ground]) for track in Track for ground in RecusalGround
        },
        near_kin=frozenset(words["near_kin"]),
        compound_surnames=frozenset(words["compound_surnames"]),
        branch_words=tuple(words["branches"]),
        employer_words=tuple(words["employers"]),
        shortest_address=int(data["address"]["shortest"]),
        vague_addresses=tuple(data["address"]["vague"]),
        bar=_bar(data["bar"]),
    )


def _relation(entry: Mapping[str, Any]) -> RelationRule:
    return RelationRule(
        relation=Relation(entry["name"]),
        effect=Effect(entry["effect"]),
        ground=RecusalGround(entry["ground"]),
        basis=entry.get("basis", ""),
        sentence=_template(entry["sentence"], _SENTENCE_WORDS),
        told=_template(entry["told"], _TOLD_WORDS),
        provisos=tuple(_proviso(one) for one in entry.get("except", ())),
    )


def _proviso(entry: Mapping[str, Any]) -> Proviso:
    return Proviso(
        parts=tuple(Part(part) for part in entry.get("parts", ())),
        tracks=tuple(Track(track) for track in entry.get("tracks", ())),
        effect=Effect(entry["effect"]) if "effect" in entry else None,
        ground=RecusalGround(entry["ground"]) if "ground" in entry else None,
        basis=entry.get("basis", ""),
    )


def _bar(entry: Mapping[str, Any]) -> BarRule:
    return BarRule(
        parts=frozenset(Part(part) for part in entry["parts"]),
        basis=entry["basis"],
        sentence=_template(entry["sentence"], _BAR_WORDS),
    )


def _template(text: str, words: Mapping[str, str]) -> str:
    """``text`` once it is sure that it can be filled in; a word nobody knows raises here, not at the counter."""
    try:
        filled = text.format_map(words)
    except IndexError as error:
        raise ValueError(text) from error
    if not filled.strip():
        raise ValueError(text)
    return text
