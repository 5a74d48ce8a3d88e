"""Channels and their templates (`channels`), addresses and messages (`messages`)."""

from serikat.messaging.models.channels import Channel, ChannelTemplate
from serikat.messaging.models.messages import Address, Direction, EarlyReport, Message, Purpose, SharedText, State

__all__ = ["Address", "Channel", "ChannelTemplate", "Direction", "EarlyReport", "Message", "Purpose", "SharedText", "State"]
