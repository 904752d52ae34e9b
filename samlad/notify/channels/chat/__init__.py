"""Chat: a channel in Teams, Mattermost or Matrix."""
