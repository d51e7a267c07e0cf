"""从备份恢复: choose a backup, open it, see it come back; before anybody signed in, and from 系统."""
