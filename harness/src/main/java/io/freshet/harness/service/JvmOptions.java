package io.freshet.harness.service;

import java.util.ArrayList;
import java.util.List;

/** What services are given to run with. */
public enum JvmOptions {
    /** As in the images. */
    PRODUCT {
        @Override
        List<String> memory(String module) {
            return List.of(module.equals("worker") ? "-Xmx1g" : "-Xmx256m");
        }

        @Override
        List<String> special(String module) {
            // it would grow with the size of an upload, for nothing; executables have their own from their build
            return module.equals("gateway") ? List.of("-Xmn32m") : List.of();
        }
    },
    /** Dozens of them on one machine, each of which leaves no dead wood in its heap. */
    TEST {
        @Override
        List<String> memory(String module) {
            return List.of("-Xmx256m");
        }

        @Override
        List<String> special(String module) {
            return List.of("-XX:TieredStopAtLevel=1", "-XX:MarkSweepAlwaysCompactCount=1");
        }
    };

    // a service that has run out of memory once may hang for ever, and one that has ended is started again
    private static final List<String> ALL =
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");

    /** What an executable takes as well. */
    abstract List<String> memory(String module);

    abstract List<String> special(String module);

    List<String> jvm(String module) {
        List<String> options = new ArrayList<>(memory(module));
        options.addAll(special(module));
        options.addAll(ALL);
        return options;
    }
}
