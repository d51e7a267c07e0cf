"""The boundary to a video server, against a real HTTP server on loopback (decision 19)."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import jwt
import pytest

from mediation_desk.hearings.model import Attendance, Session, SessionMode
from mediation_desk.hearings.remote.asking import ask
from mediation_desk.hearings.remote.jitsi import JitsiServer
from mediation_desk.hearings.remote.meeting import (
    Meeting,
    ServerKind,
    checked_link,
    checked_secret,
    new_room,
    over_the_network,
)
from mediation_desk.hearings.remote.plain_link import PlainLink
from mediation_desk.hearings.remote.rules import Place, remote_rules
from mediation_desk.hearings.remote.server import Guest, Hours, MeetingServer, ServerError
from mediation_desk.shared.errors import InputError
from tests.architecture.gates import ROOT, imported, sources
from tests.unit.video_server import APP, SECRET, Refused, VideoServer, opened, video_server

NOW = datetime(2026, 3, 16, 1, 30, tzinfo=UTC)
HOURS = Hours(opens=NOW - timedelta(minutes=30), closes=NOW + timedelta(hours=4))
PARTY = Guest(ref="A1", name="申请人")
MEDIATOR = Guest(ref="M01", name="调解员", moderator=True)


@pytest.fixture
def video() -> Iterator[VideoServer]:
    with video_server() as server:
        server.now = NOW.timestamp()
        yield server


@pytest.fixture
def jitsi(video: VideoServer) -> JitsiServer:
    return JitsiServer(url=video.url, app_id=APP, secret=SECRET, census=video.url, seconds=0.6)


def meeting_of(server: MeetingServer, room: str = "") -> Meeting:
    room = room or new_room()
    link = server.link_to(room)
    return Meeting(
        session_no=1, kind=server.kind, room=room, link=link, made_on=date(2026, 3, 15), made_by="窗口"
    )


def visit(link: str) -> tuple[int, bytes]:
    """As a browser goes there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(link, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


# Rooms and tokens


def test_a_guest_gets_in_with_the_own_address_and_the_mediator_leads(
    video: VideoServer, jitsi: JitsiServer
) -> None:
    meeting = meeting_of(jitsi)

    assert visit(jitsi.ticket(meeting, PARTY, HOURS)) == (200, b"guest")
    assert visit(jitsi.ticket(meeting, MEDIATOR, HOURS)) == (200, b"moderator")
    assert jitsi.present(meeting) == ("申请人", "调解员")


def test_without_the_token_the_door_stays_shut(jitsi: JitsiServer) -> None:
    assert visit(meeting_of(jitsi).link) == (403, b"no token")


def test_a_token_opens_one_room_only(jitsi: JitsiServer) -> None:
    ticket = jitsi.ticket(meeting_of(jitsi), PARTY, HOURS)
    other = meeting_of(jitsi).link + "?" + ticket.partition("?")[2]

    assert visit(other) == (403, b"room")


@pytest.mark.parametrize("moment", [HOURS.opens - timedelta(seconds=1), HOURS.closes])
def test_a_token_opens_in_its_hours_only(video: VideoServer, jitsi: JitsiServer, moment: datetime) -> None:
    video.now = moment.timestamp()

    assert visit(jitsi.ticket(meeting_of(jitsi), PARTY, HOURS)) == (403, b"time")


def test_another_secret_or_a_changed_word_is_no_signature(video: VideoServer, jitsi: JitsiServer) -> None:
    stranger = replace(jitsi, secret="another-secret-of-somebody-else-altogether")
    meeting = meeting_of(jitsi)
    assert visit(stranger.ticket(meeting, PARTY, HOURS)) == (403, b"signature")

    head, body, signature = jitsi.token(meeting.room, PARTY, HOURS).split(".")
    raised = jwt.encode({"room": "*", "moderator": True}, "x" * 32, algorithm="HS256").split(".")[1]
    assert body != raised
    with pytest.raises(Refused, match="signature"):
        opened(f"{head}.{raised}.{signature}", meeting.room, at=video.now)


def test_the_token_says_what_prosody_reads_and_nothing_of_the_case(jitsi: JitsiServer) -> None:
    claims = opened(jitsi.token("some-room", MEDIATOR, HOURS), "some-room", at=NOW.timestamp())

    assert claims == {
        "aud": APP,
        "iss": APP,
        "sub": "127.0.0.1",
        "room": "some-room",
        "nbf": int(HOURS.opens.timestamp()),
        "exp": int(HOURS.closes.timestamp()),
        "moderator": True,
        "context": {
            "user": {"id": "M01", "name": "调解员", "affiliation": "owner", "moderator": "true"},
        },
    }


def test_the_library_reads_the_token_too(jitsi: JitsiServer) -> None:
    token = jitsi.token("some-room", PARTY, HOURS)

    read = jwt.decode(
        token, SECRET, algorithms=["HS256"], audience=APP, options={"verify_exp": False, "verify_nbf": False}
    )
    assert read["context"]["user"]["name"] == "申请人"
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, "y" * 32, algorithms=["HS256"], audience=APP)


def test_without_a_secret_the_address_is_the_room_alone(jitsi: JitsiServer) -> None:
    open_house = replace(jitsi, secret="")
    meeting = meeting_of(open_house)

    assert open_house.ticket(meeting, PARTY, HOURS) == meeting.link
    assert not open_house.check().good


def test_a_plain_link_is_the_same_for_everybody() -> None:
    server = PlainLink("https://meet.example.cn/j/{room}")
    meeting = meeting_of(server, "k7mp")

    assert meeting.link == "https://meet.example.cn/j/k7mp"
    assert server.ticket(meeting, PARTY, HOURS) == server.ticket(meeting, MEDIATOR, HOURS) == meeting.link
    assert server.present(meeting) is None  # type: ignore[func-returns-value]


def test_room_names_differ_and_say_nothing() -> None:
    rooms = {new_room() for _ in range(2000)}

    assert len(rooms) == 2000
    assert all(
        len(room) == 24 and room == room.lower() and not {"0", "1", "l", "i", "o"} & set(room)
        for room in rooms
    )


def test_the_secret_is_not_told_by_accident(jitsi: JitsiServer) -> None:
    assert SECRET not in repr(jitsi)
    with pytest.raises(InputError) as short:
        checked_secret("too-short-1")
    assert "too-short-1" not in short.value.message


@pytest.mark.parametrize(
    "link",
    [
        "", "meet.example.cn/x", "http://meet.example.cn/x", "javascript:alert(1)", "file:///etc/passwd",
        "https://", "https://a b.cn/", "https://user:word@meet.example.cn/x", "https://[broken/", "https://m.cn:99999/",
        f"https://meet.example.cn/{'x' * 600}",
    ],
)  # fmt: skip
def test_an_address_nobody_should_open_is_refused(link: str) -> None:
    with pytest.raises(InputError) as refused:
        checked_link(link)
    assert refused.value.field == "link"


def test_an_address_may_be_encrypted_or_on_this_computer() -> None:
    for link in ("https://meet.example.cn/k7mp", "https://会议.example.cn/房间", "http://127.0.0.1:8443/x"):
        assert checked_link(f"  {link} ") == link


# Trouble on the network: a sentence, in time, and nothing raised from trying


def test_a_server_that_answers_is_good(video: VideoServer, jitsi: JitsiServer) -> None:
    assert jitsi.check().good
    assert video.asked == ["/config.js"]


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("404", "不像 Jitsi Meet"),
        ("500", "不像 Jitsi Meet"),
        ("noise", "不像 Jitsi Meet"),
        ("moved", "302"),
        ("garbage", "看不懂"),
        ("sleeps", "没有及时回答"),
        ("drips", "没有及时回答"),
    ],
)
def test_trouble_is_told_in_one_sentence_and_in_time(
    video: VideoServer, jitsi: JitsiServer, mood: str, words: str
) -> None:
    video.moods["/config.js"] = mood
    begun = time.monotonic()
    answer = jitsi.check()

    assert not answer.good
    assert words in answer.sentence
    assert time.monotonic() - begun < 2
    assert "/elsewhere" not in video.asked, "what moved is not followed"


@pytest.mark.parametrize(
    ("mood", "words"), [("noise", "看不懂"), ("500", "人工点名"), ("sleeps", "没有及时回答")]
)
def test_who_is_there_is_an_answer_or_an_error(
    video: VideoServer, jitsi: JitsiServer, mood: str, words: str
) -> None:
    video.moods["/room"] = mood
    with pytest.raises(ServerError, match=words):
        jitsi.present(meeting_of(jitsi))


def test_an_empty_room_is_empty_and_not_an_error(jitsi: JitsiServer) -> None:
    assert jitsi.present(meeting_of(jitsi)) == ()
    assert replace(jitsi, census="").present(meeting_of(jitsi)) is None


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_is_off_is_told() -> None:
    answer = PlainLink(f"http://127.0.0.1:{closed_port()}/j").check()

    assert not answer.good
    assert "连接被拒绝" in answer.sentence
    assert "链接仍可" in answer.sentence


def test_a_name_nobody_knows_is_told() -> None:
    answer = JitsiServer(url="https://no-such-host.invalid", app_id=APP, secret=SECRET, seconds=2).check()

    assert not answer.good
    assert "连不上" in answer.sentence or "没有及时" in answer.sentence


def test_a_server_that_does_not_encrypt_is_not_spoken_to(video: VideoServer) -> None:
    with pytest.raises(ServerError, match="没有用加密方式"):
        ask(video.url.replace("http:", "https:") + "/config.js", 2)
    assert video.connections == 0


def test_a_certificate_nobody_vouches_for_is_not_accepted(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    plain, server.socket = (
        server.socket,
        context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False),
    )
    thread = threading.Thread(target=server.handle_request, daemon=True)
    server.timeout = 5
    thread.start()
    try:
        answer = JitsiServer(
            url=f"https://127.0.0.1:{server.server_address[1]}", app_id=APP, secret=SECRET
        ).check()
    finally:
        thread.join(6)
        server.server_close()
        plain.close()

    assert not answer.good
    assert "证书" in answer.sentence


def test_no_word_of_trouble_repeats_the_token(video: VideoServer) -> None:
    video.moods["/r"] = "garbage"
    with pytest.raises(ServerError) as told:
        ask(f"{video.url}/r?jwt=PLANTED", 1)
    assert "PLANTED" not in str(told.value)
    assert told.value.__cause__ is None


# By default nothing connects


def test_no_server_is_shipped() -> None:
    assert remote_rules().place.kind is None
    assert remote_rules().place.server(SECRET) is None
    assert Place(kind=ServerKind.JITSI, url="").server(SECRET) is None


def test_only_one_module_of_the_desk_can_open_a_connection() -> None:
    network = {
        "urllib.request",
        "http.client",
        "socket",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "PySide6.QtNetwork",
    }
    import ast

    users = {
        path
        for path, text in sources()
        for _line, module, _name in imported(ast.parse(text))
        if module in network
    }
    assert users == {"mediation_desk/hearings/remote/asking.py"}
    assert (ROOT / "mediation_desk" / "hearings" / "remote" / "asking.py").is_file()


# Who takes part over the network


@pytest.mark.parametrize(
    ("mode", "how", "remote"),
    [
        (SessionMode.REMOTE, "远程视频", True),
        (SessionMode.REMOTE, "视频", True),
        (SessionMode.REMOTE, "到场", False),
        (SessionMode.MIXED, "代理人远程视频", True),
        (SessionMode.MIXED, "代表人3人到场、1人远程", True),
        (SessionMode.MIXED, "到场", False),
        (SessionMode.ON_SITE, "到场", False),
    ],
)
def test_the_way_of_attending_says_who_is_remote(mode: SessionMode, how: str, remote: bool) -> None:
    session = Session(
        no=1, date=date(2026, 3, 16), start=NOW.time(), place="一室", mode=mode, presided_by="M01"
    )

    assert over_the_network(session, [Attendance(ref="A1", how=how)]) == (("A1",) if remote else ())
