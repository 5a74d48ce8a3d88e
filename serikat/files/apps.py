from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "serikat.files"
    label = "files"

    def ready(self) -> None:
        from serikat.files.selectors import copy_of_data  # reason: apps must be ready
        from serikat.files.services import erase_files  # reason: apps must be ready
        from serikat.kernel.forgetting import Holder, register_holder  # reason: apps must be ready

        def erase(forgetting):
            return erase_files(forgetting=forgetting)

        register_holder(Holder("files", copy_of_data, erase, own_tables=("files.storedfile",)))
