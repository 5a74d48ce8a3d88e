from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    name = "serikat.helpdesk"
    label = "helpdesk"

    def ready(self) -> None:
        from serikat.files.permissions import open_files_of  # reason: apps must be ready
        from serikat.helpdesk import call_tasks, inbox, permissions, places, receivers  # noqa: F401  # reason: apps must be ready
        from serikat.helpdesk.holding import calls, consultations, conversations, reports  # reason: apps must be ready
        from serikat.helpdesk.selectors.callers import guarded_addresses, own_addresses  # reason: apps must be ready
        from serikat.messaging.guarded import fill_guarded_addresses  # reason: apps must be ready
        from serikat.messaging.own import fill_own_addresses  # reason: apps must be ready

        inbox.register()
        fill_own_addresses(own_addresses)
        fill_guarded_addresses(guarded_addresses)
        for noun in (calls, consultations, conversations, reports):
            noun.register()
        open_files_of(
            "messaging.message", read=permissions.may_open_message_file, remove=permissions.may_answer_conversation
        )
