package io.freshet.azure.queue;

/** What is done about a queue that does not exist. */
enum QueueCreation {
    IF_MISSING,
    NEVER;

    static QueueCreation wanted(Boolean create) {
        return create ? IF_MISSING : NEVER;
    }
}
