/** Tests of the Event Grid connector against a topic of their own. */
package io.freshet.azure.eventgrid;
