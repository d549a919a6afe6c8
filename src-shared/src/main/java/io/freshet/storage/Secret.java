package io.freshet.storage;

/** A text that is never printed. */
public record Secret(String reveal) {
    public static final Secret NONE = new Secret("");

    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return reveal.isEmpty() ? "" : "***";
    }
}
