package io.freshet.system.fault;

/** What happens to a whole Freshet in the middle of its work. */
public enum Nemesis {
    KILL,
    TOLD_TO_STOP,
    PAUSE,
    LEASE_EXPIRES,
    MESSAGE_VISIBLE_EARLY,
    MESSAGE_LOST,
    MESSAGE_DOUBLED,
    MESSAGES_REORDERED,
    CONNECTIONS_REFUSED,
    STORAGE_RESTARTED,
    DISK_FULL,
    SLOW_LINE
}
