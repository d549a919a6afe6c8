package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Denial;
import io.freshet.gateway.access.DenialForm;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** The original answers 401 without a body; what it does not know has the form of its errors. */
@Singleton
final class DurableDenials implements DenialForm {
    private static final int UNAUTHORIZED = 401;

    @Override
    public boolean isOf(String path) {
        return DurableRoute.isOurs(path);
    }

    @Override
    public Response.ResponseBuilder answer(Denial denial) {
        return denial.status() == UNAUTHORIZED
                ? Response.status(UNAUTHORIZED)
                : DurableAnswers.json(denial.status(), DurableError.message(denial.detail()));
    }
}
