"""Settings are a file that a person may edit, and may break."""

import pytest

from core.errors import WorkFailed
from core.paths import settings_file
from core.settings.settings import Settings, load_settings


@pytest.fixture
def write(tmp_path):
    def writer(content):
        path = tmp_path / "settings.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


def test_without_a_file_there_are_the_defaults():
    assert not settings_file().exists()
    assert load_settings() == Settings()


def test_what_is_set_is_read_and_the_rest_is_default(write):
    path = write('# mine\ntimezone = "Europe/Berlin"\nexport_folder = "~/Łódź"\n')
    assert load_settings(path) == Settings(timezone="Europe/Berlin", export_folder="~/Łódź")


def test_a_setting_of_another_version_does_no_harm(write):
    assert load_settings(write("later = 5\n")) == Settings()


@pytest.mark.parametrize(
    "content", ["timezone = ", "timezone = Europe/Berlin", b"\xff\xfe", "timezone = 5", "timezone = []"]
)
def test_a_broken_file_is_named(write, content):
    path = write(content)
    with pytest.raises(WorkFailed) as raised:
        load_settings(path)
    assert str(path) in str(raised.value)


def test_a_folder_in_its_place_is_named(tmp_path):
    with pytest.raises(WorkFailed, match="cannot be read"):
        load_settings(tmp_path)
