"""The door for jobs: by name, in the transaction, once per key, tried again, parked, scheduled, leased."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import isolate_apps
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from serikat.kernel import jobs
from serikat.kernel.jobs import clock, enqueue, kind_named, lease_batch, parked_jobs
from serikat.kernel.jobs.worker import LeaseLost, Worker
from serikat.kernel.models import Counter, Job, Leasable, Mark
from serikat.kernel.tests import sample_jobs  # noqa: F401 registers the jobs

pytestmark = pytest.mark.django_db


def due_now():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now() - timedelta(seconds=1))


def test_enqueue_runs_a_job_by_name():
    enqueue("kernel_tests.count", series="a")
    assert Worker().work_off() == 1
    assert Counter.objects.get(name="a").value == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_enqueue_refuses_an_unknown_name_wrong_values_and_objects():
    with pytest.raises(LookupError):
        enqueue("kernel_tests.nothing")
    with pytest.raises(TypeError):
        enqueue("kernel_tests.count", serie="a")
    with pytest.raises(TypeError):
        enqueue("kernel_tests.count", series=uuid.uuid4())
    with pytest.raises(TypeError):
        enqueue("kernel_tests.count", series=(1, 2))
    assert Job.objects.count() == 0


def test_a_rolled_back_transaction_leaves_no_job():
    with transaction.atomic():
        enqueue("kernel_tests.count", series="a")
        transaction.set_rollback(True)
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_name_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        jobs.job("kernel_tests.count")(lambda: None)


def test_a_waiting_job_with_the_same_key_is_not_doubled():
    first = enqueue("kernel_tests.count", key="k", series="a")
    assert enqueue("kernel_tests.count", key="k", series="a") == first
    assert enqueue("kernel_tests.count", key="other", series="a") != first
    assert Worker().work_off() == 2
    assert enqueue("kernel_tests.count", key="k", series="a") != first


def test_an_earlier_wish_pulls_a_waiting_job_forward():
    later = timezone.now() + timedelta(days=1)
    job_id = enqueue("kernel_tests.count", key="k", run_after=later, series="a")
    assert Worker().work_off() == 0
    enqueue("kernel_tests.count", key="k", series="a")
    assert DBTaskResult.objects.get(pk=job_id).run_after < later
    assert Worker().work_off() == 1


def test_a_failing_job_is_tried_again_and_then_parked_where_a_person_sees_it():
    job_id = enqueue("kernel_tests.fail", key="k", words="kertas habis")
    for tries in (1, 2):
        assert Worker().work_off() == 1
        assert (Job.objects.get().tries, parked_jobs()) == (tries, [])
        due_now()
    assert Worker().work_off() == 1

    (parked,) = parked_jobs()
    assert (parked.id, parked.name, parked.key, parked.tries) == (job_id, "kernel_tests.fail", "k", 3)
    assert parked.problem == "ValueError: kertas habis"
    assert "raise ValueError" in parked.traceback
    due_now()
    assert Worker().work_off() == 0


def test_a_failing_job_keeps_its_key_while_it_waits_for_its_next_try():
    job_id = enqueue("kernel_tests.fail", key="k", words="x")
    Worker().work_off()
    assert enqueue("kernel_tests.fail", key="k", words="x") == job_id
    assert DBTaskResult.objects.get().run_after > timezone.now() - timedelta(seconds=5)


def test_the_same_work_is_parked_once():
    for _ in range(2):
        enqueue("kernel_tests.fail", key="k", words="x")
        for _ in range(3):
            Worker().work_off()
            due_now()
    assert len(parked_jobs()) == 1


def test_a_person_retries_or_drops_a_parked_job():
    job_id = enqueue("kernel_tests.fail", words="x")
    for _ in range(3):
        Worker().work_off()
        due_now()
    assert jobs.retry_job(job_id)
    assert (jobs.retry_job(job_id), jobs.count_parked()) == (False, 0)
    for _ in range(3):
        assert Worker().work_off() == 1
        due_now()
    assert jobs.drop_job(job_id)
    assert (jobs.drop_job(job_id), DBTaskResult.objects.count()) == (False, 0)


def test_the_command_lists_retries_and_drops(capsys):
    job_id = enqueue("kernel_tests.fail", words="kertas habis")
    for _ in range(3):
        Worker().work_off()
        due_now()
    call_command("jobs")
    assert f"{job_id}  kernel_tests.fail" in capsys.readouterr().out
    call_command("jobs", "retry", str(job_id))
    assert jobs.count_parked() == 0


def test_a_job_whose_code_is_gone_is_parked_at_once():
    job_id = enqueue("kernel_tests.count", series="a")
    DBTaskResult.objects.update(args_kwargs={"args": ["kernel_tests.gone", {}], "kwargs": {}})
    Job.objects.update(name="kernel_tests.gone")
    Worker().work_off()
    assert [(p.id, p.tries) for p in parked_jobs()] == [(job_id, 1)]


def test_pauses_double_and_end_at_an_hour():
    for tries, seconds in ((1, 10), (2, 20), (3, 40), (20, 3600)):
        pause = jobs.pause_before(10, tries).total_seconds()
        assert seconds * 0.8 <= pause <= seconds * 1.2


def test_a_lost_lease_writes_nothing():
    enqueue("kernel_tests.count", series="a")
    worker = Worker()
    row, job = worker.claim(("default",))
    Job.objects.update(worker="elsewhere:1:1.00", tries=2)
    with pytest.raises(LeaseLost):
        worker._run(row, job)
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


def test_old_finished_jobs_are_pruned_and_parked_ones_stay():
    for name, words in (("kernel_tests.count", {"series": "a"}), ("kernel_tests.fail", {"words": "x"})):
        enqueue(name, **words)
    for _ in range(3):
        Worker().work_off()
        due_now()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=30))
    assert jobs.prune_jobs() == 1
    assert [j.name for j in Job.objects.all()] == ["kernel_tests.fail"]


def test_the_clock_enqueues_once_and_moves_its_mark():
    now = timezone.now()
    clock.set_marks(now)
    assert "kernel_tests.hourly" in clock.tick(now)
    assert "kernel_tests.hourly" not in clock.tick(now + timedelta(minutes=59))
    assert "kernel_tests.hourly" in clock.tick(now + timedelta(hours=5))
    assert Job.objects.filter(name="kernel_tests.hourly").count() == 1, "the first one still waits"
    assert Mark.objects.get(name="kernel_tests.hourly").due_at == now + timedelta(hours=6)


def test_a_shortened_rhythm_pulls_its_mark_in():
    now = timezone.now()
    clock.set_marks(now)
    Mark.objects.filter(name="kernel_tests.hourly").update(due_at=now + timedelta(days=30))
    clock.set_marks(now)
    assert Mark.objects.get(name="kernel_tests.hourly").due_at == now + timedelta(hours=1)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 3, 1, 20, 9, tzinfo=UTC), datetime(2026, 3, 1, 20, 10, tzinfo=UTC)),
        (datetime(2026, 3, 1, 20, 10, tzinfo=UTC), datetime(2026, 3, 2, 20, 10, tzinfo=UTC)),
    ],
)
def test_a_daily_job_is_due_at_its_hour_in_the_organisations_zone(moment, due):
    assert jobs.schedule()["kernel.prune_jobs"].after(moment) == due


def test_all_rooms_jobs_take_plain_values():
    assert "audit.seal_entries" in jobs.schedule()
    assert kind_named("kernel.prune_jobs").retries == 5


with isolate_apps("serikat.kernel"):

    class Delivery(Leasable):
        """A row for the test of leases; its table is made in the test."""

        class Meta:
            app_label = "kernel"
            db_table = "kernel_tests_delivery"


@pytest.fixture
def deliveries(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Delivery)
    return Delivery.objects.bulk_create(Delivery(id=n) for n in range(1, 6))


def test_batches_are_leased_to_one_worker_and_free_again_when_the_lease_ends(deliveries):
    first = lease_batch(Delivery.objects.all(), size=3, seconds=60)
    second = lease_batch(Delivery.objects.all(), size=3, seconds=60)
    assert ([d.pk for d in first], [d.pk for d in second]) == ([1, 2, 3], [4, 5])
    jobs.give_back(second[:1])
    jobs.give_back(second[1:], after=timedelta(hours=1))
    assert [d.pk for d in lease_batch(Delivery.objects.all(), size=9, seconds=60)] == [4]

    Delivery.objects.update(lease_until=F("lease_until") - timedelta(minutes=2))
    third = lease_batch(Delivery.objects.all(), size=9, seconds=60)
    assert [(d.pk, d.tries) for d in third] == [(1, 2), (2, 2), (3, 2), (4, 3)]
