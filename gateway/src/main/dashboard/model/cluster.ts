/** Where the services run. */
export interface Node { name: string; ready: boolean; virtual: boolean }
export interface Pod { name: string; role: string; node?: string; phase: string; reason?: string; since: number; run?: string }
export interface Scaler { name: string; active: boolean; min: number; replicas: number; max: number }
export interface Burst { run: string; asked: number; running: number; reason?: string }
export interface Cluster { nodes?: Node[]; pods?: Pod[]; scalers?: Scaler[]; bursts?: Burst[] }
