package io.freshet.harness.command;

import io.freshet.harness.supply.Supply;

import java.io.IOException;
import java.nio.file.Files;

/** Writes NOTICE anew, out of the bills of materials that a build has left. */
final class Notice {
    private Notice() {}

    static void run(Context context) throws IOException {
        Files.writeString(context.root().resolve("NOTICE"), new Supply(context.root()).notice());
    }
}
