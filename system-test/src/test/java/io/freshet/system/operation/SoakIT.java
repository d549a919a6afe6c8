package io.freshet.system.operation;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.service.Footprint;
import io.freshet.system.check.Checker;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs come and go, and leave nothing in any service: {@code make soak MINUTES=30}. */
final class SoakIT {
    private static final int ITEMS_PER_PART = 100;
    private static final int MAX_LINES = 3_000;
    private static final int LOOKS = 10;
    /** Connections that a burst of requests has opened are closed in seconds. */
    private final Duration duration = Duration.ofMinutes(Integer.getInteger("freshet.minutes", 30));

    private final Random random = new Random(1);

    @Test
    void nothingGrowsWhileJobsComeAndGo() {
        try (TestedFreshet freshet = TestedFreshet.named("soak").workers(2).start()) {
            Checker checker = Checker.of(freshet);
            int jobs = work(freshet, checker, duration.dividedBy(LOOKS));
            Map<String, Footprint> warm = footprints(freshet);

            for (int look = 1; look < LOOKS; look++) {
                System.err.printf("%d jobs, %s%n", jobs, footprints(freshet));
                jobs += work(freshet, checker, duration.dividedBy(LOOKS));
            }
            checker.atRest();

            System.err.printf("%d jobs%nwarm  %s%n", jobs, warm);
            Awaitility.await().atMost(Patience.LIMIT).untilAsserted(() -> {
                Map<String, Footprint> after = footprints(freshet);
                System.err.printf("after %s%n", after);
                assertThat(after)
                        .allSatisfy((service, footprint) -> assertThat(footprint)
                                .as("%s, which was at %s when it was warm", service, warm.get(service))
                                .matches(now -> now.isWithin(warm.get(service))));
            });
        }
    }

    private int work(TestedFreshet freshet, Checker checker, Duration time) {
        long begun = System.nanoTime();
        int jobs = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            Calculations lines = new Calculations(random.nextLong())
                    .good(1 + random.nextInt(MAX_LINES))
                    .rejected("17", "not a JSON object");
            int parts = (lines.size() + ITEMS_PER_PART - 1) / ITEMS_PER_PART;
            Job job = freshet.jobs().submit(lines.file(), "itemsPerJob=" + ITEMS_PER_PART);
            checker.ended(job, Outcome.of(lines, parts));
            job.delete();
            checker.gone(job);
            jobs++;
        }
        return jobs;
    }

    private static Map<String, Footprint> footprints(TestedFreshet freshet) {
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        freshet.services()
                .forEach(service -> footprints.put(
                        service.name(),
                        Footprint.of(service, TestedFreshet.installation().isNative(service.module()))));
        return footprints;
    }
}
