package io.freshet.storage;

import io.freshet.run.Run;

/**
 * What a client's idempotency key stands for.
 *
 * @param request what identifies the request: hash of the body, and the parameters that matter
 * @param run the run as it was to be released
 */
public record IdempotencyRecord(String request, Run run) {}
