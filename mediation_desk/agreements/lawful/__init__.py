"""May it be agreed, and can it be performed: the checklist a draft passes before it becomes an agreement."""
