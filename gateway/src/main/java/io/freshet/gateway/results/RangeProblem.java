package io.freshet.gateway.results;

import io.freshet.gateway.problem.Problem;
import io.freshet.gateway.problem.ProblemType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** 416 with the size, so that a client can ask again. */
final class RangeProblem {
    private static final ProblemType TYPE = ProblemType.RANGE_NOT_SATISFIABLE;

    @ServerExceptionMapper
    Response unsatisfiable(UnsatisfiableRange e) {
        return Response.status(TYPE.status())
                .type(Problem.MEDIA_TYPE)
                .header("Content-Range", "bytes */" + e.size())
                .entity(new Problem(TYPE.urn(), TYPE.title(), TYPE.status(), e.getMessage()))
                .build();
    }
}
