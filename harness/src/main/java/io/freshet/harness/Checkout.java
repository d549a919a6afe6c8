package io.freshet.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that holds the modules and what was built of them. */
public final class Checkout {
    private Checkout() {}

    /** Found upwards from where we run. */
    public static Path root() {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            if (Files.exists(dir.resolve("tools/azurite")) && Files.exists(dir.resolve("gateway"))) {
                return dir;
            }
        }
        throw new Failure(
                "This is not inside a checkout of Freshet: " + Path.of("").toAbsolutePath());
    }
}
