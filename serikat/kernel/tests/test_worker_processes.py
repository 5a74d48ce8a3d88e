"""Real worker and clock processes on the test database: one is killed in the middle, two clocks tick side by side, one is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from serikat.kernel.jobs import enqueue, parked_jobs
from serikat.kernel.models import Counter, Job
from serikat.kernel.tests import sample_jobs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(sample_jobs.__file__).parents[3]


@pytest.fixture
def start():
    """Start a process that knows the sample jobs; all are ended after the test."""
    started = []

    def start(*args):
        env = {**os.environ, "LOG_LEVEL": "ERROR"}
        started.append(subprocess.Popen([sys.executable, "-m", sample_jobs.__name__, *args], cwd=ROOT, env=env))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(condition, seconds=120):
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)
    return found


def ended(job_id):
    return lambda: DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.SUCCESSFUL).exists()


@pytest.mark.parametrize("name", ["kernel_tests.count_slowly", "kernel_tests.dawdle"])
def test_a_job_of_a_killed_worker_is_taken_over_and_done(start, tmp_path, name):
    values = {"series": "a"} if name == "kernel_tests.count_slowly" else {}
    job_id = enqueue(name, folder=str(tmp_path), **values)
    first = start("worker", "0.8")
    wait_for((tmp_path / f"began-{first.pid}").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING

    second = start("worker", "0.8")
    wait_for((tmp_path / f"began-{second.pid}").exists)
    (tmp_path / "go").touch()
    wait_for(ended(job_id))
    assert Job.objects.get().tries == 2
    if values:
        assert Counter.objects.get(name="a").value == 1


def test_a_living_worker_keeps_its_job_beyond_its_lease(start, tmp_path):
    job_id = enqueue("kernel_tests.dawdle", folder=str(tmp_path))
    first = start("worker", "0.5")
    wait_for((tmp_path / f"began-{first.pid}").exists)
    second = start("worker", "0.5")
    time.sleep(2.5)
    assert [p.name for p in tmp_path.iterdir()] == [f"began-{first.pid}"]
    (tmp_path / "go").touch()
    wait_for(ended(job_id))
    assert (Job.objects.get().tries, second.poll()) == (1, None)


def test_slow_work_does_not_hold_up_quick_work(start, tmp_path):
    enqueue("kernel_tests.dawdle", folder=str(tmp_path))
    worker = start("worker", "5")
    wait_for((tmp_path / f"began-{worker.pid}").exists)
    wait_for(ended(enqueue("kernel_tests.count", series="a")))


def test_a_worker_told_to_stop_hands_its_job_back(start, tmp_path):
    job_id = enqueue("kernel_tests.dawdle", folder=str(tmp_path))
    worker = start("worker", "0.4")
    wait_for((tmp_path / f"began-{worker.pid}").exists)
    worker.terminate()
    assert worker.wait(20) == 0
    row = DBTaskResult.objects.get(pk=job_id)
    assert (row.status, row.job.tries) == (TaskResultStatus.READY, 0)


def test_a_failing_job_is_tried_again_then_parked(start):
    enqueue("kernel_tests.fail_soon", words="kertas habis")
    start("worker", "5")
    (parked,) = wait_for(parked_jobs)
    assert (parked.tries, parked.problem) == (3, "ValueError: kertas habis")


def test_two_workers_and_two_clocks_run_a_scheduled_job_once(start):
    with transaction.atomic():
        for n in range(20):
            enqueue("kernel_tests.count", key=str(n), series="many")
    for _ in range(2):
        start("clock")
        start("worker", "5")
    wait_for(lambda: Counter.objects.filter(name="hourly").exists() and not Job.objects.exclude(waiting_key=None).exists())
    wait_for(lambda: not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists())
    assert Counter.objects.get(name="hourly").value == 1
    assert Counter.objects.get(name="many").value == 20
