"""What every method of every service leaves in the audit trail: an act, or nothing and why (S10)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, fields

import mediation_desk
from mediation_desk.app import Desk

LISTS = "lists show titles and codes, identity numbers masked; opening a case is what counts"
WORDS = "words not yet a record; the act that makes them one leaves its entry"
PART = "a part of a case whose opening left its entry"
SHOWS = "shown while a case is open; what leaves the desk on paper leaves its entry"
COUNTS = "figures and codes, no person"
OWN = "a list somebody keeps for himself"
PRESENT = "which case stands open at which counter, for two minutes; opening it left its entry"
PUBLIC = "mediators as everybody may see them, rules, rooms"
ITSELF = "read by the program to do something else, which leaves its own entry"


@dataclass(frozen=True)
class Says:
    """``act`` is the action of the one entry, "" for none with the reason; ``elsewhere`` is the test that does it."""

    act: str = ""
    why: str = ""
    elsewhere: str = ""


def act(name: str, elsewhere: str = "") -> Says:
    return Says(act=name, elsewhere=elsewhere)


def none(why: str) -> Says:
    return Says(why=why)


CASES = "persistence/test_case_steps"
ACCOUNTS = "persistence/test_accounts"
DESTROYING = "persistence/test_destruction"
MASKING = "persistence/test_masking"
PERSONAL = "persistence/test_personal"
PACKAGES = "persistence/test_packages"
CHOOSING = "persistence/test_choosing"
BACKUPS = "persistence/test_care"
BOARD = "persistence/test_board"
MOVING = "persistence/test_moving"

SAYS: dict[str, Says] = {
    "account_papers.recovery_sheet": none("the code it shows was made by an act that left its entry"),
    "accounts.accounts": none(LISTS),
    "accounts.add": act("account.added", ACCOUNTS),
    "accounts.assign": act("account.changed", ACCOUNTS),
    "accounts.change_password": act("account.password", ACCOUNTS),
    "accounts.current": none(ITSELF),
    "accounts.forget_former_files": act("files.rekeyed", "persistence/test_rekey"),
    "accounts.key_standing": none(LISTS),
    "accounts.rekey": act("account.rekey", "persistence/test_rekey"),
    "accounts.lock": act("account.locked", ACCOUNTS),
    "accounts.open_again": act("account.opened", ACCOUNTS),
    "accounts.renew_recovery": act("account.sheet", ACCOUNTS),
    "accounts.reset": act("account.reset", ACCOUNTS),
    "archive.counts": none(COUNTS),
    "archive.files": none(ITSELF),
    "archive.find": none(LISTS),
    "archive.lines": none(LISTS),
    "archive.oral_register": none(LISTS),
    "archive_papers.appraisal": act("paper.print"),
    "archive_papers.labels": act("paper.print"),
    "archive_papers.oral": act("paper.print"),
    "archive_papers.preview_appraisal": none(SHOWS),
    "archive_papers.preview_labels": none(SHOWS),
    "archive_papers.preview_oral": none(SHOWS),
    "arranging.next_free": none(COUNTS),
    "arranging.rooms": none(COUNTS),
    "audit.accounts": none(OWN),
    "audit.check": act("audit.check"),
    "audit.close": act("audit.close"),
    "audit.day": none(COUNTS),
    "audit.demand": none(ITSELF),
    "audit.lines": act("audit.read"),
    "audit.note": act("paper.print"),
    "audit_papers.closing_sheet": act("audit.close"),
    "audit_papers.entries": act("audit.print"),
    "audit_papers.note_closing": act("audit.close"),
    "audit_papers.note_entries": act("audit.print"),
    "audit_papers.preview_closing_sheet": none(COUNTS),
    "audit_papers.preview_entries": none("the look at the log left its entry"),
    "boards.accept": act("board.accept", BOARD),
    "boards.attend": act("board.attend", BOARD),
    "boards.board": none(PART),
    "boards.offers": none(PART),
    "boards.open": act("board.open", BOARD),
    "boards.release": act("board.release", BOARD),
    "backups.make": act("backup.write", BACKUPS),
    "backups.set_second": act("backup.place", BACKUPS),
    "backups.try_out": act("backup.drill", BACKUPS),
    "boards.restore": act("board.restore", BOARD),
    "boards.rewrite": act("board.rewrite", BOARD),
    "boards.shared": none(PART),
    "boards.strike": act("board.strike", BOARD),
    "boards.withdraw": act("board.withdraw", BOARD),
    "boards.write": act("board.write", BOARD),
    "calendar.days": none(LISTS),
    "calendar.waiting": none(LISTS),
    "cases.bodies": none(PUBLIC),
    "cases.counts": none(COUNTS),
    "cases.compare": none("what would be saved, shown to whoever writes it; nothing is stored"),
    "cases.drafts": none(WORDS),
    "cases.drop_draft": none(WORDS),
    "cases.export": act("case.export"),
    "cases.file": none(ITSELF),
    "cases.footing": none(PART),
    "cases.history": none(PART),
    "cases.ink": none(LISTS),
    "cases.join_within": none("a case of a package, in its transaction"),
    "cases.keep_draft": none(WORDS),
    "cases.looks": none(PART),
    "cases.note_papers": act("document.print"),
    "cases.papers": none(PART),
    "cases.perform": act("case.受理"),
    "cases.perform_together": act("case.结束调解"),
    "cases.perform_within": none("a step of a larger act, in its transaction"),
    "cases.printed": none(LISTS),
    "cases.register": act("case.登记"),
    "cases.summaries": act("case.search"),
    "cases.take_back": act("case.撤销"),
    "cases.take_over": act("case.导入"),
    "cases.today": none(LISTS),
    "cases.view": act("case.view"),
    "choosing.ballot_paper": none(SHOWS),
    "choosing.ballots": none(PART),
    "choosing.conclude": act("case.选定", CHOOSING),
    "choosing.disclosures": none(PART),
    "choosing.end_round": act("choice.end", CHOOSING),
    "choosing.mark": act("choice.seal", CHOOSING),
    "choosing.open_round": act("choice.open", CHOOSING),
    "choosing.outcome": none(PART),
    "choosing.shortlist": none(PUBLIC),
    "choosing.warm_up": none(ITSELF),
    "counter.complete": none(WORDS),
    "counter.linked_from": none(PART),
    "counter.recall": act("person.recall", MASKING),
    "counter.recognise": none(WORDS),
    "counter.resembling": none(WORDS),
    "deadlines.between": none(LISTS),
    "deadlines.lines_of_case": none(PART),
    "deadlines.of_case": none(PART),
    "deadlines.promises": none(LISTS),
    "deadlines.upcoming": none(LISTS),
    "destruction.apply": act("destruction.case", DESTROYING),
    "destruction.decide": act("destruction.approve", DESTROYING),
    "destruction.due": none(LISTS),
    "destruction.find": none(LISTS),
    "destruction.lists": none(LISTS),
    "destruction.prepare": act("destruction.prepare", DESTROYING),
    "destruction_papers.preview": none(SHOWS),
    "destruction_papers.write": act("paper.print", DESTROYING),
    "disclosures.answer": act("disclosure.answer", CHOOSING),
    "disclosures.conflicts": none(PART),
    "disclosures.disclose": act("case.披露", CHOOSING),
    "disclosures.rule_on": act("case.回避", CHOOSING),
    "exports.count": act("list.export", MASKING),
    "experts.change": act("expert.change"),
    "experts.composition": none(PUBLIC),
    "experts.duplicates": none(LISTS),
    "experts.engage": act("expert.engage"),
    "experts.mediator": none(LISTS),
    "experts.merge": act("expert.merge", "persistence/test_pool_service"),
    "experts.note_export": act("expert.export"),
    "experts.photo": none(PUBLIC),
    "experts.pool": none(PUBLIC),
    "experts.register": none(LISTS),
    "experts.set_photo": act("expert.photo"),
    "experts.set_standing": act("expert.standing"),
    "finding.look": act("case.search"),
    "invitations.preview_cards": none(SHOWS),
    "invitations.write_calendars": act("paper.export", "persistence/test_remote"),
    "invitations.write_cards": act("paper.print", "persistence/test_remote"),
    "left.drop": none(WORDS),
    "left.keep": none(WORDS),
    "left.kept": none(WORDS),
    "ledger_import.batches": none(OWN),
    "ledger_import.forget": none(WORDS),
    "ledger_import.keep": none(WORDS),
    "ledger_import.kept": none(WORDS),
    "ledger_import.kept_file": none(WORDS),
    "ledger_import.read": none(WORDS),
    "ledger_import.refreshed": none(WORDS),
    "ledger_import.stage": none(WORDS),
    "ledger_import.stayed": none(LISTS),
    "ledger_import.take_in": act("ledger.import", "persistence/test_ledger_import"),
    "ledger_import.undo": act("ledger.import.undo", "persistence/test_ledger_import"),
    "loose_printing.consultation": act("paper.print"),
    "loose_printing.notice_cards": act("paper.print"),
    "loose_printing.preview_consultation": none(SHOWS),
    "loose_printing.preview_notice_cards": none(PUBLIC),
    "loose_printing.preview_roster": none(SHOWS),
    "loose_printing.preview_worklist": none(SHOWS),
    "loose_printing.roster": act("paper.print"),
    "loose_printing.worklist": act("paper.print"),
    "meetings.check": none(PUBLIC),
    "meetings.invitations": none(PART),
    "meetings.present": none(PART),
    "meetings.proposal": none(PUBLIC),
    "meetings.set_secret": act("remote.secret"),
    "meetings.set_server": act("remote.server"),
    "minutes.answer": act("record.answer", "persistence/test_minutes"),
    "minutes.changed": none(PART),
    "minutes.for_parties": none(PART),
    "minutes.freeze": act("case.记录", "persistence/test_minutes"),
    "minutes.minutes": none(PART),
    "minutes.read_out": act("record.read", "persistence/test_minutes"),
    "minutes.save": none(WORDS),
    "minutes.take_in": none(WORDS),
    "minutes.undisputed": none(PART),
    "mover.keep_using": act("centre.kept", MOVING),
    "mover.move": act("centre.moved", MOVING),
    "pool_import.batches": none(OWN),
    "pool_import.export": act("expert.export"),
    "pool_import.export_json": act("expert.export"),
    "pool_import.forget": none(WORDS),
    "pool_import.keep": none(WORDS),
    "pool_import.kept": none(WORDS),
    "pool_import.kept_file": none(WORDS),
    "pool_import.read": none(WORDS),
    "pool_import.refreshed": none(WORDS),
    "pool_import.stage": none(WORDS),
    "pool_import.take_in": act("expert.import", "persistence/test_pool_import"),
    "pool_import.undo": act("expert.import.undo", "persistence/test_pool_import"),
    "presence.elsewhere": none(PRESENT),
    "presence.look": none(PRESENT),
    "presence.sit": none(PRESENT),
    "printing.background": none(ITSELF),
    "printing.forms": none(PART),
    "printing.papers": none(SHOWS),
    "printing.papers_of": none(SHOWS),
    "printing.preview": none(SHOWS),
    "printing.preview_draft": none(SHOWS),
    "printing.preview_signed": none(SHOWS),
    "printing.print_batch": act("document.print"),
    "printing.try_template": none(SHOWS),
    "printing.write": act("document.print"),
    "printing.write_all": act("document.print"),
    "printing.write_signed": act("document.print", "persistence/test_ink"),
    "registers.binned": none(LISTS),
    "registers.numbers": none(LISTS),
    "registers.series": none(COUNTS),
    "reports.material": none(COUNTS),
    "reports.paper": none(COUNTS),
    "routing.loads": none(COUNTS),
    "routing.special": none(LISTS),
    "routing.worklist": none(LISTS),
    "scanning.file_batch": act("case.登记证据", "persistence/test_scanning_steps"),
    "scanning.picture": none(PART),
    "scanning.read": none(WORDS),
    "scanning.shown": none(PART),
    "scanning.take": act("case.登记证据", "persistence/test_scanning_steps"),
    "schedules.preview_day": none(SHOWS),
    "schedules.write_calendar": act("paper.export"),
    "schedules.write_day": act("paper.print"),
    "schedules.write_session": act("paper.export", "persistence/test_calendar"),
    "sealing.demand_allowed": none(ITSELF),
    "sealing.parts": none(PART),
    "sealing.refusal": none(PART),
    "sealing.refusals": none(PART),
    "sealing.seal": act("document.seal", "documents/test_verifying"),
    "sealing.seal_into": act("document.seal", "documents/test_verifying"),
    "slips.preview_case": none(SHOWS),
    "slips.preview_days": none(SHOWS),
    "slips.write_calendar": act("paper.export"),
    "slips.write_case": act("paper.print"),
    "slips.write_case_calendar": act("paper.export"),
    "slips.write_days": act("paper.print"),
    "submissions.book_correction": act("statistics.correct", "persistence/test_submissions"),
    "submissions.submit": act("statistics.submit", "persistence/test_submissions"),
    "subsidies.approve": act("subsidy.approve", "persistence/test_subsidies"),
    "subsidies.paid": act("subsidy.paid", "persistence/test_subsidies"),
    "subsidies.prepare": act("subsidy.prepare", "persistence/test_subsidies"),
    "subsidies.refuse": act("subsidy.refuse", "persistence/test_subsidies"),
    "subsidies.void": act("subsidy.void", "persistence/test_subsidies"),
    "subsidies.withdraw": act("subsidy.withdraw", "persistence/test_subsidies"),
    "subsidy_papers.docx": act("paper.export", "documents/test_subsidy_papers"),
    "subsidy_papers.list": act("paper.print", "documents/test_subsidy_papers"),
    "subsidy_papers.workbook": act("paper.export", "documents/test_subsidy_papers"),
    "subsidy_papers.worksheet": act("paper.print", "documents/test_subsidy_papers"),
    "templates.add": act("template.add", "persistence/test_templates"),
    "templates.use": act("template.use", "persistence/test_templates"),
    "verifying.file": none("a file from outside is compared; nothing of a case is shown but that it fits"),
    "verifying.path": none("a file from outside is compared; nothing of a case is shown but that it fits"),
    "verifying.typed": none("a code from paper is compared; nothing of a case is shown but that it fits"),
    "people.cases": none("codes of the cases of a request; opening one is what counts"),
    "people.copy": act("person.export", PERSONAL),
    "packages.fingerprint": none("made once, and meant to be told"),
    "packages.join": act("package.join", PACKAGES),
    "packages.look": act("package.look", PACKAGES),
    "packages.pack": act("case.pack", PACKAGES),
    "packages.past": none(PART),
    "packages.waiting": none(LISTS),
    "person_copies.write": act("person.export", PERSONAL),
    "requests.add": act("person.request", PERSONAL),
    "requests.answer": act("person.request.answer", PERSONAL),
    "requests.find": act("person.request.view", PERSONAL),
    "requests.listed": none(LISTS),
    "visits.consult": act("visit.咨询"),
    "visits.find": none(LISTS),
    "visits.listed": none(LISTS),
    "volumes.checklist": none(PART),
    "volumes.preview": none(SHOWS),
    "volumes.print": act("document.print", "documents/test_volume_service"),
    "volumes.write": act("document.print", "documents/test_volume_service"),
    "window.may_leave": act("window.leave"),
    "window.set_pin": act("window.pin"),
    "work.add": act("work.add", "persistence/test_work_register"),
    "work.void": act("work.void", "persistence/test_work_register"),
    "unmasking.show_names": act("person.names.show", MASKING),
    "unmasking.show_number": act("person.number.show", MASKING),
}
"""Methods of services that take the actor first. A new method without a line here fails the build."""

SILENT: dict[str, tuple[str, tuple[str, ...]]] = {
    "seat": ("the session that lets somebody sit down leaves the entry", ("take",)),
    "views": (
        OWN,
        (
            "drop",
            "rename",
            "save",
            "views",
        ),
    ),
    "statistics": (
        COUNTS,
        (
            "analysis",
            "behind",
            "cases_behind",
            "causes",
            "cell",
            "dashboard",
            "handled",
            "mediator",
            "members",
            "number_at",
            "table",
        ),
    ),
    "work": (
        LISTS,
        (
            "drop_words",
            "find",
            "keep_words",
            "kept_words",
            "listed",
            "sheet",
            "sums",
        ),
    ),
    "subsidies": (
        LISTS,
        (
            "batches",
            "month_list",
            "payment_sheet",
            "sheet",
            "worksheet",
        ),
    ),
    "warning": (
        COUNTS,
        (
            "behind",
            "groups",
            "matrix",
            "prevented",
            "repeats",
            "rises",
            "workload",
        ),
    ),
    "submissions": (
        COUNTS,
        (
            "cell",
            "corrected",
            "corrections",
            "difference",
            "drop_words",
            "is_reported",
            "keep_words",
            "kept",
            "kept_words",
            "latest",
            "listed",
            "members",
            "obstacles",
            "table",
            "year",
        ),
    ),
    "templates": (
        PUBLIC,
        (
            "check",
            "content",
            "field_table",
            "slots",
            "starter",
            "state",
        ),
    ),
    "subsidy_papers": (
        SHOWS,
        (
            "preview_list",
            "preview_worksheet",
        ),
    ),
}
"""Services of which most methods show no case: the reason, and these methods."""


def methods() -> Iterator[str]:
    """``service.method`` of everything a desk offers to an actor."""
    classes = _classes()
    for name, kind in _services():
        found = classes.get(kind)
        if found is None:
            continue
        for method, function in inspect.getmembers(found, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            takes_actor = "actor" in parameters[:3] and not method.startswith("_")
            if takes_actor:
                yield f"{name}.{method}"


def said_of(method: str) -> Says | None:
    """The statement about a method; None where nobody made one."""
    service, _, name = method.partition(".")
    why, silent = SILENT.get(service, ("", ()))
    return SAYS.get(method) or (none(why) if name in silent else None)


def _services() -> Iterator[tuple[str, str]]:
    for one in fields(Desk):
        yield one.name, str(one.type)
    for name, value in vars(Desk).items():
        if isinstance(value, property) and value.fget is not None:
            yield name, str(value.fget.__annotations__.get("return", ""))


def _classes() -> dict[str, type]:
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(mediation_desk.__path__, "mediation_desk."):
        if module.name.endswith("__main__") or ".cli" in module.name:
            continue
        members = vars(importlib.import_module(module.name)).items()
        found |= {
            name: one for name, one in members if inspect.isclass(one) and one.__module__ == module.name
        }
    return found
