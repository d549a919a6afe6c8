package io.freshet.dashboard;

import io.freshet.run.Run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** What became of each item of a run, one byte each: the map that is drawn of them. */
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

    /** All states: half a byte each, the first in the lower half of the first byte; gzip, then Base64. */
    public String packed() {
        byte[] halves = new byte[(states.length + 1) / 2];
        for (int item = 0; item < states.length; item++) {
            halves[item / 2] |= (byte) (states[item] << ((item % 2) * 4));
        }
        return Base64.getEncoder().encodeToString(gzip(halves));
    }

    /**
     * What has changed: for each item a varint of its distance to the last one, shifted by three, and its new state, in
     * Base64; empty if nothing has changed.
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
            throw new UncheckedIOException("Memory takes all", e);
        }
        return packed.toByteArray();
    }
}
