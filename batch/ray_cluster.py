"""A connection to Ray: a cluster that runs, or one on this machine for the time of a job."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from mujaz.errors import EngineError, OptionError

# Articles and outcomes are kilobytes; by default Ray would take a third of the memory for objects.
_OBJECT_BYTES = 128 << 20
_ANSWER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is connected.

    Attributes:
        nodes: Address and CPUs of every node that is alive.
        driver: Address of the node that this process runs on.
        gpus: How many there are.
        own: Whether it was started for this job.
    """

    nodes: tuple[tuple[str, float], ...]
    driver: str
    gpus: float
    own: bool

    @property
    def machines(self) -> int:
        """How many machines it has."""
        return len({address for address, _ in self.nodes})

    def room(self, threads: int, gpus: int = 0, *, spare: int = 0) -> int:
        """Return how many workers fit, if nothing else runs.

        Args:
            threads: CPUs of one worker.
            gpus: GPUs of one worker.
            spare: CPUs that are left free beside the driver, for reading and writing; one worker
                is wanted all the same.
        """
        room, left = 0, spare
        for address, cpus in self.nodes:
            if address == self.driver and cpus:
                cpus, left = cpus - left, 0
            room += max(0, int(cpus // threads))
        if gpus:
            room = min(room, int(self.gpus // gpus))
        return max(room, 1) if spare else room


def import_ray(*, local: bool) -> ModuleType:
    """Import Ray so that it tells nobody of its use.

    Args:
        local: It will run on this machine alone: let it listen to no other.

    Raises:
        OptionError: It is not installed.
    """
    # Ray reads these when it is imported, and the processes that it starts inherit them.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if local:
        # The name says what it is for elsewhere; on every system it means the loopback alone.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        import ray
    except ModuleNotFoundError as error:
        raise OptionError(
            "Ray is not installed", "install it with `pip install 'mujaz[ray]'`"
        ) from error
    return ray


@contextmanager
def connected(address: str, *, workers: int | None, threads: int, gpus: int) -> Iterator[Cluster]:
    """Connect to Ray, and let go of it at the end; what was started here ends here.

    Args:
        address: ``host:port`` of a cluster, ``auto`` for the one that runs on this machine; empty
            for ``RAY_ADDRESS`` or, without it, a cluster of this machine's own for this job.
        workers: How many a cluster of one's own is for; ``None`` for as many as suit the machine.
        threads: CPUs of each.
        gpus: GPUs of each.

    Raises:
        OptionError: Ray is not installed, nothing answers at the address, or what does will not
            have this Python, this Ray or this token.
        EngineError: Ray cannot be started here.
    """
    address = address or os.environ.get("RAY_ADDRESS", "")
    local = address in ("", "local")
    ray = import_ray(local=local)
    if ray.is_initialized():
        yield _look(ray, own=False)
        return
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if local:
        _make_token()
        options |= {
            "address": "local",
            "include_dashboard": False,
            "object_store_memory": _OBJECT_BYTES,
            "num_cpus": max(workers * threads, 1) if workers else None,
            "num_gpus": workers * gpus if workers and gpus else None,
        }
    else:
        _check(address)
        options["address"] = address
    _mute()
    try:
        ray.init(**options)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise _refusal(error, address, local) from error
    try:
        yield _look(ray, own=local)
    finally:
        ray.shutdown()


def _look(ray: ModuleType, *, own: bool) -> Cluster:
    nodes = [node for node in ray.nodes() if node["Alive"]]
    return Cluster(
        nodes=tuple((n["NodeManagerAddress"], n["Resources"].get("CPU", 0.0)) for n in nodes),
        driver=ray.util.get_node_ip_address(),
        gpus=sum(node["Resources"].get("GPU", 0.0) for node in nodes),
        own=own,
    )


def _check(address: str) -> None:
    """See whether anything listens; Ray itself would try for minutes, and log every try.

    Raises:
        OptionError: Nothing does, or the address is none.
    """
    if "://" in address:
        raise OptionError(
            f"{address} is a Ray client's address",
            "run mujaz on a machine of the cluster, with --address HOST:6379",
        )
    if address == "auto":
        return
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise OptionError(f"{address} is no address of a Ray cluster", "use HOST:PORT, or auto")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER_SECONDS).close()
    except OSError as error:
        raise OptionError(
            f"no Ray cluster answers at {address} ({error.strerror or error})",
            "start one with `ray start --head`, or check --address",
        ) from error


def _make_token() -> None:
    """Give the processes of a cluster of one's own a secret, where the user has none.

    Ray would write one into the home folder, and fail where that cannot be written. It is read
    once a process and stays for its life.
    """
    if any(os.environ.get(name) for name in ("RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH")):
        return
    try:
        if (Path.home() / ".ray" / "auth_token").exists():
            return
    except (OSError, RuntimeError):  # no home, or not ours to see
        pass
    os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)


def _mute() -> None:
    """Keep the last lines of a dying node's log from standard output, where results go."""
    from ray._private import worker

    # Ray has no option for it; its own debugger sets the same flag.
    if hasattr(worker, "_worker_logs_enabled"):
        worker._worker_logs_enabled = False


def _refusal(error: Exception, address: str, local: bool) -> OptionError | EngineError:
    """Return what Ray says in many lines as one."""
    text = " ".join(str(error).split())
    if local:
        return EngineError(
            f"Ray cannot be started here ({text[:200]})", "use --runner local, or see /tmp/ray"
        )
    if "Version mismatch" in text:
        return OptionError(
            f"the Ray cluster at {address} runs another version ({text[:300]})",
            "use the same Python and Ray on every machine",
        )
    if "oken" in text and "uth" in text:
        return OptionError(
            f"the Ray cluster at {address} wants a token",
            "set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN as the cluster has them",
        )
    return OptionError(
        f"this machine is not part of a Ray cluster at {address} ({text[:200]})",
        "start Ray here with `ray start --address HOST:PORT`, or check --address",
    )
