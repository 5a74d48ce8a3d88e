from uuid import UUID

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "serikat.files"
    label = "files"

    def ready(self) -> None:
        from serikat.audit.pages import trail_page  # reason: apps must be ready
        from serikat.files.selectors import copy_of_data, file_for  # reason: apps must be ready
        from serikat.files.services import erase_files  # reason: apps must be ready
        from serikat.kernel.forgetting import Holder, register_holder  # reason: apps must be ready

        def erase(forgetting):
            return erase_files(forgetting=forgetting)

        trail_page("files.storedfile", lambda actor, pk: file_for(actor, UUID(pk)))
        register_holder(Holder("files", copy_of_data, erase, own_tables=("files.storedfile", "files.heldfile")))
