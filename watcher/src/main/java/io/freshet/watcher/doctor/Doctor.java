package io.freshet.watcher.doctor;

import io.freshet.settings.WrongSettings;
import io.freshet.watcher.doctor.Examination.OfCluster;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Examines everything that an installation needs, prints a line for each finding, and reports whether all is well. */
@Singleton
public final class Doctor {
    private static final String ARGUMENT = "doctor";

    private final boolean asked;
    private final List<Examination> examinations;
    private final PrintStream out;

    @Inject
    Doctor(
            @CommandLineArguments String[] arguments,
            BlobExamination blobs,
            QueueExamination queues,
            EventExamination events,
            OfCluster cluster) {
        this(asked(arguments), List.of(blobs, queues, events, cluster), System.out);
    }

    Doctor(boolean asked, List<Examination> examinations, PrintStream out) {
        this.asked = asked;
        this.examinations = examinations;
        this.out = out;
    }

    /** Whether the arguments ask for an examination instead of a watcher. */
    public static boolean isAsked(String... arguments) {
        return Arrays.asList(arguments).contains(ARGUMENT);
    }

    private static boolean asked(String... arguments) {
        if (arguments.length > (isAsked(arguments) ? 1 : 0)) {
            throw new WrongSettings("the watcher takes no argument but '" + ARGUMENT + "', and was given '"
                    + String.join(" ", arguments) + "'");
        }
        return isAsked(arguments);
    }

    /** Whether this process was started for an examination. */
    public boolean isAsked() {
        return asked;
    }

    /** Never fails. Returns an exit code: 0 if nothing is wrong, otherwise 1. */
    public Uni<Integer> examine() {
        return Multi.createFrom()
                .iterable(examinations)
                .onItem()
                .transformToMultiAndConcatenate(Doctor::findings)
                .invoke(finding -> out.println(finding.line()))
                .filter(Finding::isWrong)
                .collect()
                .asList()
                .invoke(wrong ->
                        out.println(wrong.isEmpty() ? "All is well." : "Lines that need attention: " + wrong.size()))
                .map(wrong -> wrong.isEmpty() ? 0 : 1);
    }

    private static Multi<Finding> findings(Examination examination) {
        return Multi.createFrom()
                .deferred(examination::findings)
                .onFailure()
                .recoverWithItem(failure -> Remedies.of(examination.subject(), failure));
    }
}
