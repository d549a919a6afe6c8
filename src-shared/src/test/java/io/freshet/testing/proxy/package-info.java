/** A proxy between services and the storage emulator, which sees every request and can spoil any of them. */
package io.freshet.testing.proxy;
