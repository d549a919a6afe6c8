package io.freshet.settings;

/**
 * A service cannot start as it is configured. The message names what was set and the remedy, never a secret; it is all
 * that is logged.
 */
public final class WrongSettings extends IllegalArgumentException {

    public WrongSettings(String message) {
        super(message);
    }
}
