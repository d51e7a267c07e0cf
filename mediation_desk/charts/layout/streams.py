"""A flow with the small nodes of long stages folded together, and what runs through each node."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mediation_desk.charts.folding import joined, largest, rest_name
from mediation_desk.charts.model import Flow, Link, Node, Stage


@dataclass(frozen=True, slots=True)
class Streams:
    """Stages and links as drawn; ``amounts`` by code of node; ``total`` of the largest stage."""

    stages: tuple[Stage, ...]
    links: tuple[Link, ...]
    amounts: dict[str, int]

    @property
    def total(self) -> int:
        """What the height stands for."""
        return max((sum(self.amounts[node.code] for node in stage.nodes) for stage in self.stages), default=0)

    def style(self, link: Link) -> int | None:
        """The pattern of a band: that of the node it leaves or reaches which has one."""
        nodes = {node.code: node for stage in self.stages for node in stage.nodes}
        start, end = nodes[link.start].style, nodes[link.end].style
        return start if start is not None else end


def streams(chart: Flow) -> Streams:
    """Fold what is too much; links between the same two nodes become one, in the order of the nodes."""
    amounts = _amounts(chart.links)
    stages: list[Stage] = []
    called: dict[str, str] = {}
    for number, stage in enumerate(chart.stages):
        kept, rest = largest([amounts.get(node.code, 0) for node in stage.nodes], stage.top)
        nodes = [stage.nodes[place] for place in kept]
        if rest:
            folded = [stage.nodes[place] for place in rest]
            code = f"\0rest{number}"
            called |= {node.code: code for node in folded}
            target = joined(node.target for node in folded)
            nodes.append(Node(code=code, name=rest_name(len(rest)), target=target))
        stages.append(replace(stage, nodes=tuple(nodes)))
    order = {node.code: place for stage in stages for place, node in enumerate(stage.nodes)}
    links = _merged(chart.links, called)
    links.sort(key=lambda link: (order[link.start], order[link.end]))
    drawn = _amounts(links)
    return Streams(tuple(stages), tuple(links), {code: drawn.get(code, 0) for code in order})


def _merged(links: tuple[Link, ...], called: dict[str, str]) -> list[Link]:
    found: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        ends = called.get(link.start, link.start), called.get(link.end, link.end)
        found.setdefault(ends, []).append(link)
    return [
        Link(
            start=start,
            end=end,
            amount=sum(one.amount for one in same),
            target=same[0].target if len(same) == 1 else joined(one.target for one in same),
        )
        for (start, end), same in found.items()
    ]


def _amounts(links: tuple[Link, ...] | list[Link]) -> dict[str, int]:
    """What runs through each node: into it or out of it, whichever is more."""
    into: dict[str, int] = {}
    out: dict[str, int] = {}
    for link in links:
        out[link.start] = out.get(link.start, 0) + link.amount
        into[link.end] = into.get(link.end, 0) + link.amount
    return {code: max(into.get(code, 0), out.get(code, 0)) for code in into | out}
