package io.freshet.gateway.multipart;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;

import java.util.ArrayList;
import java.util.List;

/** Fields of a form beside its files: nobody would read them, and so they are refused by name. */
final class StrayFields {
    private static final int MOST_NAMED = 10;

    private final List<String> names = new ArrayList<>();
    private int count;

    void note(String name) {
        count++;
        if (names.size() < MOST_NAMED) {
            names.add("'" + Shown.text(name) + "'");
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    String listed() {
        return String.join(", ", names) + (count > names.size() ? ", …" : "");
    }

    void refuse() {
        if (!isEmpty()) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER,
                    "The form has fields beside its file, " + listed()
                            + ": send parameters in the query, as in /jobs?handler=calculator");
        }
    }
}
