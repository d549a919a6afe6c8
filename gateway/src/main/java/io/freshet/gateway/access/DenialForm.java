package io.freshet.gateway.access;

import jakarta.ws.rs.core.Response;

/** An API whose errors have a form of their own. */
public interface DenialForm {
    /** @param path as it was sent */
    boolean isOf(String path);

    /** Without what every denial has: its headers. */
    Response.ResponseBuilder answer(Denial denial);
}
