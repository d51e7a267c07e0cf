"""Write the list of what is inside the desk as CycloneDX: ``make sbom``.

It is made from the listings alone, so the same commit gives the same bytes on every machine: no clock, no
random number, and every variant for another system or Python is in it, with its marker.
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from pinned import Pin, read

NAME = "mediation-desk"
OURS = uuid.UUID("6f1f7a55-52b0-5a3c-9a44-7f6b3f4c7f0e")  # names of our own, for a number that never varies


def main(version: str, target: Path) -> None:
    """Write the list for ``version`` to ``target``; raises ValueError where it breaks the CycloneDX schema."""
    text = written(version, read("requirements.txt"))
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise ValueError(str(fault))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(target)


def written(version: str, pins: list[Pin]) -> str:
    """The list as JSON."""
    root = Component(
        type=ComponentType.APPLICATION,
        name=NAME,
        version=version,
        bom_ref=NAME,
        licenses=[DisjunctiveLicense(id="MIT")],
    )
    bom = Bom(components=[component(pin) for pin in pins])
    bom.metadata.component = root
    bom.serial_number = uuid.uuid5(OURS, repr((version, pins)))
    bom.register_dependency(root, bom.components)
    bom.metadata.timestamp = None  # type: ignore[assignment]  # optional in the schema; a clock would be in it
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def component(pin: Pin) -> Component:
    """One library by its package URL; the hashes of its files are properties, for each belongs to another file."""
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    properties = [Property(name="desk:marker", value=pin.marker)] if pin.marker else []
    properties += [Property(name="desk:file:sha256", value=one) for one in pin.hashes]
    return Component(
        type=ComponentType.LIBRARY,
        name=pin.name,
        version=pin.version,
        bom_ref=str(purl),
        purl=purl,
        properties=properties,
    )


if __name__ == "__main__":
    from mediation_desk import __version__

    main(__version__, Path(sys.argv[1]) / f"{NAME}-{__version__}.cdx.json")
