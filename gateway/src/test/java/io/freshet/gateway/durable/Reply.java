package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.JsonNode;

/** What counts of an answer. @param json null without a body */
record Reply(int status, String type, String location, String retryAfter, String token, JsonNode json) {}
