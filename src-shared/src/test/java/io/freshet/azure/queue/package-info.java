/** Tests of the queue connector against the emulator. */
package io.freshet.azure.queue;
