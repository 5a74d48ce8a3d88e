"""The faces of this room: the entrance, the own account, and the accounts desk."""
