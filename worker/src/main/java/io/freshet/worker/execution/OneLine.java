package io.freshet.worker.execution;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** An input of its own: one line. */
final class OneLine implements Lines {
    private final byte[] text;
    private boolean taken;

    OneLine(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Line next() {
        if (taken) {
            return null;
        }
        taken = true;
        return new Line().at(text, 0, text.length, 1);
    }
}
