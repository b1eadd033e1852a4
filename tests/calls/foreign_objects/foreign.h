struct foreign_event {
	int id;
	int (*done)(int);
};

struct foreign_class {
	int (*create)(int);
};

const struct foreign_event *foreign_wait(void);
void foreign_on_event(int (*handler)(struct foreign_event *event));
int foreign_dispatch(void);
void foreign_use(int (*f)(int));
int foreign_create(const struct foreign_class *class);
