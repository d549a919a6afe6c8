package io.freshet.dashboard;

import io.freshet.run.Run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** The state of each item of a run, one byte each; drawn as a map. */
public final class ItemStates {
    public static final byte WAITING = 0;
    public static final byte IN_FLIGHT = 1;
    public static final byte DONE = 2;
    public static final byte REJECTED = 3;
    public static final byte FAILED = 4;

    private final byte[] states;

    private ItemStates(byte[] states) {
        this.states = states;
    }

    public static ItemStates of(Run run) {
        byte[] states = new byte[run.itemCount()];
        if (RunRow.isWorkedOn(run)) {
            run.sent().items().forEach(item -> states[item] = IN_FLIGHT);
        }
        run.progress().done().items().forEach(item -> states[item] = DONE);
        run.progress().withErrors().items().forEach(item -> states[item] = REJECTED);
        run.progress().failed().items().forEach(item -> states[item] = FAILED);
        return new ItemStates(states);
    }

    public int size() {
        return states.length;
    }

    public byte state(int item) {
        return states[item];
    }

    /** All states, half a byte each, the first in the lower half of the first byte; compressed by gzip, then Base64. */
    public String packed() {
        byte[] halves = new byte[(states.length + 1) / 2];
        for (int item = 0; item < states.length; item++) {
            halves[item / 2] |= (byte) (states[item] << ((item % 2) * 4));
        }
        return Base64.getEncoder().encodeToString(gzip(halves));
    }

    /**
     * The changes, in Base64: for each changed item a varint of its distance from the previous one, shifted left by
     * three, combined with its new state. Empty if nothing has changed.
     */
    public String changesSince(ItemStates before) {
        ByteArrayOutputStream changes = new ByteArrayOutputStream();
        int last = -1;
        for (int item = Arrays.mismatch(before.states, states); item >= 0; item = next(before, item + 1)) {
            varint(changes, ((item - last - 1L) << 3) | states[item]);
            last = item;
        }
        return Base64.getEncoder().encodeToString(changes.toByteArray());
    }

    private int next(ItemStates before, int from) {
        int found = Arrays.mismatch(before.states, from, states.length, states, from, states.length);
        return found < 0 ? found : from + found;
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left > 127) {
            out.write((int) ((left & 127) | 128));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return packed.toByteArray();
    }
}
