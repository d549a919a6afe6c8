package io.freshet.gateway.access;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers requests that are not let in. Sending them again unchanged is of no use, so there is no Retry-After. */
final class AccessMappers {
    private static final Logger LOG = Logger.getLogger(AccessMappers.class);
    private static final Duration ISSUER_BACK_OFF = Duration.ofSeconds(5);
    private static final String WRONG_TOKEN = ", error=\"invalid_token\"";

    private final AccessConfig config;
    private final Instance<Denial.Form> forms;
    private final AccessMetrics metrics;

    AccessMappers(AccessConfig config, Instance<Denial.Form> forms, AccessMetrics metrics) {
        this.config = config;
        this.forms = forms;
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response missing(UnauthorizedException e, HttpServerRequest request) {
        metrics.count(request, "missing");
        return answer(unauthenticated("There is no credential with this request: send ", request), request);
    }

    @ServerExceptionMapper
    Response refused(AuthenticationFailedException e, HttpServerRequest request) {
        if (isUnavailable(e)) {
            return unavailable(request);
        }
        metrics.count(request, "refused");
        LOG.debugf("A credential was refused: %s", Credentials.kind(request));
        return answer(unauthenticated("The credential is not known, or no longer valid: send ", request), request);
    }

    @ServerExceptionMapper
    Response unavailable(OIDCException e, HttpServerRequest request) {
        return unavailable(request);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, HttpServerRequest request) {
        metrics.count(request, "forbidden");
        return answer(
                new Denial(
                        ProblemType.NOT_ALLOWED,
                        request.method() + " is not among the rights of this credential: ask whoever runs this gateway"
                                + " for one of the rights that /q/openapi lists for it",
                        List.of(),
                        null),
                request);
    }

    private Response unavailable(HttpServerRequest request) {
        metrics.count(request, "unavailable");
        LOG.warn("Tokens cannot be checked: the keys of OIDCISSUER cannot be fetched");
        return answer(
                new Denial(
                        ProblemType.ISSUER_UNAVAILABLE,
                        "The keys to check tokens with cannot be fetched now; try again later",
                        List.of(),
                        ISSUER_BACK_OFF),
                request);
    }

    /** A token that cannot be checked is not a wrong one. */
    private static boolean isUnavailable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof OIDCException || t instanceof java.io.IOException) {
                return true;
            }
        }
        return false;
    }

    private Denial unauthenticated(String why, HttpServerRequest request) {
        boolean token = Credentials.kind(request).equals(AccessRules.OIDC);
        List<String> ways = new ArrayList<>();
        List<String> challenges = new ArrayList<>();
        for (String mode : AccessRules.modes(config.modes())) {
            if (mode.equals(AccessRules.OIDC)) {
                ways.add("a bearer token of "
                        + config.issuer().map(URI::toString).orElse("the issuer"));
                challenges.add("Bearer realm=\"freshet\"" + (token ? WRONG_TOKEN : ""));
            } else {
                ways.add("a key in the header " + Credentials.KEY_HEADER);
                challenges.add("ApiKey realm=\"freshet\", header=\"" + Credentials.KEY_HEADER + "\"");
            }
        }
        return new Denial(ProblemType.NOT_AUTHENTICATED, why + String.join(", or ", ways), challenges, null);
    }

    private Response answer(Denial denial, HttpServerRequest request) {
        String path = request.path();
        Response.ResponseBuilder response = forms.stream()
                .filter(form -> path != null && form.isOf(path))
                .findFirst()
                .map(form -> form.answer(denial))
                .orElseGet(() -> problem(denial));
        denial.challenges().forEach(challenge -> response.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
        @Nullable Duration retryAfter = denial.retryAfter();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds());
        }
        drain(request);
        return response.build();
    }

    /** A client that is still sending gets to read the answer; what it sends is discarded. */
    private static void drain(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(ignored -> {}).exceptionHandler(t -> {}).resume();
        }
    }

    private static Response.ResponseBuilder problem(Denial denial) {
        return Response.fromResponse(new ProblemException(denial.type(), denial.detail()).response());
    }
}
