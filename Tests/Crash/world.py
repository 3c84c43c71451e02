"""The real programs: an exchange that goes on, a daemon that dies, and the operator's client."""

import json
import os
import pathlib
import re
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SYMBOLS = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "BNBUSDT", "DOGEUSDT", "ADAUSDT", "LTCUSDT"]
PATIENCE_SECONDS = 40
# Orders rest for a while, so that kills meet them.
RESTING = '\n[strategy.ema_cross]\nstyle = "passive"\npassive_ms = 1500\n'
# Short averages: something is traded every second or two.
FAST = {"ema_fast_bars": 1, "ema_slow_bars": 2, "atr_bars": 2, "volatility_bars": 2}


class Failure(Exception):
    """Something that must hold does not."""


def eventually(what, ask, seconds=PATIENCE_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer is not None:
            return answer
        time.sleep(0.03)
    raise Failure(f"{what}: not within {seconds} s")


class World:
    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = folder
        self.socket_path = str(folder / "control.sock")
        self.exchange = self.daemon = None
        self.started = 0.0
        self.log = folder / "daemon.log"

    @property
    def journal(self):
        return self.folder / "state" / "journal"

    def program(self, name):
        return str(self.programs / name)

    def open_exchange(self):
        output = open(self.folder / "exchange.out", "w+", encoding="utf-8")
        self.exchange = subprocess.Popen(
            [self.program("bybit-sim"), "--listen", "127.0.0.1:0", "--generate", "7", "--rate", "20",
             "--symbols", ",".join(SYMBOLS)],
            stdout=output, stderr=subprocess.DEVNULL, cwd=self.folder,
        )

        def port():
            text = (self.folder / "exchange.out").read_text(encoding="utf-8")
            found = re.search(r"listening ws://127\.0\.0\.1:(\d+)\b.*\n", text)
            return found and found.group(1)

        text = (ROOT / "deploy" / "demo.toml").read_text(encoding="utf-8")
        fields = {
            "STATE": str(self.folder / "state"), "SOCKET": self.socket_path,
            "PORT": eventually("the exchange's address", port),
            "SYMBOLS": ", ".join(f'"{symbol}"' for symbol in SYMBOLS),
            "STREAMS": '"tickers", "publicTrade", "orderbook.50"', "BAR_SECONDS": "1",
        }
        for field, value in fields.items():
            text = text.replace(f"@{field}@", value)
        for key, value in FAST.items():
            text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
        (self.folder / "tradebot.toml").write_text(text + RESTING, encoding="utf-8")

    # The daemon

    def start(self):
        self.started = time.monotonic()
        self.daemon = subprocess.Popen(
            [self.program("tradebotd"), "--config", str(self.folder / "tradebot.toml")],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "w", encoding="utf-8"), cwd=self.folder,
        )

    def kill(self):
        if self.daemon.poll() not in (None, -9):
            raise Failure(f"tradebotd has ended by itself, with status {self.daemon.returncode}")
        self.daemon.kill()
        self.daemon.wait()

    def stop(self):
        self.daemon.terminate()
        status = self.daemon.wait(timeout=PATIENCE_SECONDS)
        if status != 0:
            raise Failure(f"an orderly stop ended with status {status}")

    def ready(self):
        """Waits until the daemon trades, or is paused; what it says, and how long after its start."""

        def ask():
            if self.daemon.poll() is not None:
                raise Failure(f"tradebotd has ended by itself, with status {self.daemon.returncode}")
            status = self.status()
            if not status or status.get("lifecycle") not in ("RUNNING", "PAUSED"):
                return None
            return {"lifecycle": status["lifecycle"], "ms": (time.monotonic() - self.started) * 1000}

        return eventually("RUNNING or PAUSED", ask)

    def status(self):
        """The answer to one status query; None where nobody answers yet."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
                client.settimeout(5)
                client.connect(self.socket_path)
                client.sendall(b'{"id":"1","query":{"what":"status"}}\n')
                with client.makefile("r", encoding="utf-8") as lines:
                    for line in lines:
                        frame = json.loads(line)
                        if frame.get("id") == "1":
                            return frame.get("ok")
        except OSError:
            pass
        return None

    # The client

    def botctl(self, *words):
        return subprocess.Popen(
            [self.program("botctl"), *words, "--json", "--socket", self.socket_path],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=self.folder,
        )

    def finish(self, client):
        """The number that a command was answered with; None where it had no answer."""
        output, _ = client.communicate(timeout=PATIENCE_SECONDS)
        return json.loads(output)["seq"] if client.returncode == 0 else None

    def botlab(self, *words):
        return subprocess.run(
            [self.program("botlab"), *words], capture_output=True, text=True, check=False, cwd=self.folder,
        )

    # The end

    def last_words(self):
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return "\n".join(lines[-15:])

    def close(self):
        for process in (self.daemon, self.exchange):
            if process and process.poll() is None:
                process.kill()
                process.wait()
