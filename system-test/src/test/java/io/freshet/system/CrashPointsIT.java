package io.freshet.system;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever dies, and whenever. */
final class CrashPointsIT {
    private static final int STAGES = Integer.getInteger("freshet.stages", 2);

    @Test
    void aRunSurvivesEveryCrashOfEveryService() {
        try (Enumeration enumeration = new Enumeration(STAGES)) {
            for (Story story : stories()) {
                List<CrashPoint> points = enumeration.points(story);
                System.err.println(story + ": " + points.size() + " points");
                points.forEach(System.err::println);
                enumeration.play(Enumeration.trials(story, points).stream()
                        .filter(t -> t.toString().matches(System.getProperty("freshet.only", ".*")))
                        .toList());
                System.err.println(story + ": " + enumeration.summary());
            }

            assertThat(enumeration.failures()).isEmpty();
        }
    }

    private static List<Story> stories() {
        String names = System.getProperty("freshet.stories", "UNDISTURBED");
        return List.of(names.split(",")).stream().map(Story::valueOf).toList();
    }
}
