"""The user's own processes: backends of joblib, and a cluster of dask that loses a worker."""

import os
import shutil
import signal

import joblib
import pages
import pandas as pd
import psutil
import pytest

import esrdata
from esrdata.reading.parallel import arranged

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Twenty-four descriptions, each of a project of its own."""
    folder = tmp_path_factory.mktemp("many")
    text = (pages.RAW / "S20405.txt").read_text(encoding="utf-8")
    for i in range(24):
        (folder / f"{i:02}.txt").write_text(text.replace("S20405", f"S3{i:04}"), encoding="utf-8")
    shutil.copy(pages.RAW / "kaupunki-leader.txt", folder)
    return folder


@pytest.fixture(scope="module")
def plain(source):
    return esrdata.read(source)


def same(one, other):
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], check_exact=True)


@pytest.mark.parametrize("backend", ["loky", "multiprocessing"])
def test_a_backend_reads_the_same(source, plain, backend):
    assert not arranged()
    with joblib.parallel_config(backend=backend, n_jobs=2):
        assert arranged()
        same(plain, esrdata.read(source))
    assert not arranged()


def test_threads_are_not_taken(source, plain):
    with joblib.parallel_config(backend="threading", n_jobs=2):
        assert not arranged()


def test_a_number_of_workers_is_kept_to(source, plain, monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr("esrdata.reading.batch.read_there", refuse)
    with joblib.parallel_config(backend="loky", n_jobs=2):
        same(plain, esrdata.read(source, workers=1))


def test_where_a_backend_ends_the_rest_is_read_all_the_same(tmp_path):
    # Of little text: joblib waits without end for the rest of an answer whose process was killed
    # while it wrote it, and a pipe takes short answers at once.
    texts = [pages.eura2014_page(code=f"S3{n:04}") for n in range(24)]
    source = pages.write(tmp_path, texts)
    plain, killed = esrdata.read(source), []

    def kill(done, total, path):
        if done == 1:
            for child in psutil.Process().children(recursive=True):
                if any("popen_loky" in part for part in child.cmdline()):
                    killed.append(child.pid)
                    child.kill()

    with joblib.parallel_config(backend="loky", n_jobs=2):
        same(plain, esrdata.read(source, progress=kill))
    assert killed


def test_a_cluster_of_dask_reads_the_same_and_bears_the_loss_of_a_worker(source, plain):
    from dask.distributed import Client, LocalCluster

    lost = []
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
        joblib.parallel_config(backend="dask"),
    ):
        same(plain, esrdata.read(source))

        def kill(done, total, path):
            if done == 8:
                pids = client.run(os.getpid)
                lost.append(next(iter(pids.values())))
                os.kill(lost[0], signal.SIGKILL)

        same(plain, esrdata.read(source, progress=kill))
    assert lost
