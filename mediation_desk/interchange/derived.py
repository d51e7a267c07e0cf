"""Keys of ``mediation-case/1`` that follow from the rest: added on writing, taken off again on reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from mediation_desk.agreements.model import Agreement
from mediation_desk.agreements.performance import status_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.plain import plain
from mediation_desk.parties.model import Party, age_on
from mediation_desk.statistics.contribution import contribution

Plain = dict[str, object]

SCHEMA = "mediation-case/1"

_ON_TOP = ("schema", "statistics")
_BELOW = {
    "dispute": ("people_involved",),
    "parties": ("age_at_intake",),
    "agreement": ("signed_on", "effective_on", "total_payable"),
    "performance": ("status",),
}
_PARTY_TAIL = ("phone", "address", "legal_representative", "guardian", "agents")


def with_derived(file: CaseFile, as_of: date) -> Plain:
    """The whole case as plain data, as judged on ``as_of``, with every derived key in its place."""
    data = plain(file)
    stored = {key: data[key] for key in data if key not in ("version", "beside", "prevented", "arithmetic")}
    stored["as_of"] = as_of.isoformat()
    stored["dispute"] = _insert(
        plain(file.dispute), after="event_scale", new={"people_involved": file.people_involved}
    )
    stored["parties"] = [_party(party, file) for party in file.parties]
    stored["agreement"] = _agreement(file.agreement, file) if file.agreement else None
    stored["performance"] = [
        _insert(
            plain(row),
            after="amount",
            new={"status": status_of(row, file.performance, as_of, file.effective_on).value},
        )
        for row in file.performance
    ]
    return {
        "schema": SCHEMA,
        **stored,
        "statistics": plain(contribution(file, as_of)),
        "arithmetic": data["arithmetic"],
    }


def without_derived(data: Mapping[str, object]) -> Plain:
    """``data`` as the model holds it: derived keys off, ``from`` and the prevented dangers where it has them.

    Whatever has a wrong shape is left as it is for the validation to complain about.
    """
    kept = {key: value for key, value in data.items() if key not in _ON_TOP}
    for key, names in _BELOW.items():
        kept = _replace(kept, key, partial(_drop, names))
    kept = _replace(kept, "suspensions", _rename_from)
    counted = data.get("statistics")
    if isinstance(counted, Mapping) and "prevented_cases_persons" in counted:
        kept["prevented"] = counted["prevented_cases_persons"]
    return kept


def _party(party: Party, file: CaseFile) -> Plain:
    data: Plain = plain(party)
    tail = {key: data.pop(key) for key in _PARTY_TAIL}
    if party.is_person:
        born = party.birth_date
        age = age_on(born, file.intake.received_on) if born else None
        data = _insert(data, after="birth_date", new={"age_at_intake": age})
    return data | tail


def _agreement(agreement: Agreement, file: CaseFile) -> Plain:
    days = {"signed_on": plain(agreement.signed_on), "effective_on": plain(file.effective_on)}
    data = _insert(plain(agreement), after="form", new=days)
    return _insert(data, after="clauses", new={"total_payable": plain(agreement.total_payable)})


def _insert(data: Plain, *, after: str, new: Mapping[str, object]) -> Plain:
    """``data`` with ``new`` behind the key ``after``, at the end if there is no such key."""
    keys = list(data)
    place = keys.index(after) + 1 if after in data else len(keys)
    head, tail = keys[:place], keys[place:]
    return {key: data[key] for key in head} | dict(new) | {key: data[key] for key in tail}


def _replace(data: Plain, key: str, change: Callable[[Plain], Plain]) -> Plain:
    """``data`` with ``change`` made to the object under ``key``, or to each object of the list under it."""
    value = data.get(key)
    if isinstance(value, dict):
        return data | {key: change(value)}
    if isinstance(value, list):
        return data | {key: [change(item) if isinstance(item, dict) else item for item in value]}
    return data


def _drop(names: tuple[str, ...], data: Plain) -> Plain:
    return {key: value for key, value in data.items() if key not in names}


def _rename_from(data: Plain) -> Plain:
    return {"from_on" if key == "from" else key: value for key, value in data.items()}
