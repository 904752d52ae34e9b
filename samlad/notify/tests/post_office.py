"""A real mail server for the tests: SMTP on a port of its own, which can refuse, hang and hang up as real ones do."""

import socketserver
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


class PostOffice(socketserver.ThreadingTCPServer):
    """Takes mail on 127.0.0.1. `letters` are (address, message) in the order they came.

    `hangs` accepts connections and says nothing; `answers` gives the reply to RCPT for an address; `most` is the number
    of messages after which it closes a connection with 421; `lost` takes the message and hangs up before it says so.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.letters: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}
        self.hangs = False
        self.lost = False
        self.most = 1000
        self.connections = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def __enter__(self) -> "PostOffice":
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.ended.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class Counter(socketserver.StreamRequestHandler):
    """One connection."""

    server: PostOffice

    def handle(self) -> None:
        office = self.server
        office.connections += 1
        if office.hangs:
            office.ended.wait(60)
            return
        self.say("220 post office")
        address, taken = "", 0
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                self.say(office.answers.get(address, "250 ok"))
            elif verb == b"DATA":
                self.say("354 go on")
                office.letters.append((address, self.letter()))
                taken += 1
                if office.lost:
                    return
                self.say("250 taken")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            elif verb == b"MAIL" and taken >= office.most:
                self.say("421 enough for now")
                return
            else:
                self.say("250 ok")

    def letter(self) -> EmailMessage:
        """The message up to the line with a dot."""
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=default)

    def say(self, text: str) -> None:
        """One line to the client."""
        self.wfile.write(text.encode() + b"\r\n")
